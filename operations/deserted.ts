import { type Client, isGrpcServiceError } from '@temporalio/client';
import proto from '@temporalio/proto';
import { askedMs, versionsAtWork } from './serviceGauges.ts';

const { VersionDrainageStatus } = proto.temporal.api.enums.v1;

/** The gRPC status of what the service does not know. */
const notFound = 5;

/**
 * How many programs live on versions of the workers for which nobody asks for work, as of `at` (milliseconds); 0 where workers have no
 * versions. Rejects when the service does not answer in a moment.
 *
 * @param deploymentName - under which all versions of the workers are one deployment
 */
export async function desertedPrograms(
  client: Client,
  taskQueue: string,
  deploymentName: string,
  at = Date.now(),
): Promise<number> {
  const [atWork, versions] = await Promise.all([
    versionsAtWork(client, taskQueue, at),
    versionsInUse(client, deploymentName),
  ]);
  const deserted = versions.filter((version) => !atWork.has(version));
  const counts = await Promise.all(deserted.map((version) => programsOn(client, `${deploymentName}:${version}`)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The versions that the service does not know to be empty. */
async function versionsInUse(client: Client, deploymentName: string): Promise<string[]> {
  const { namespace } = client.options;
  try {
    const { workerDeploymentInfo } = await client.withDeadline(Date.now() + askedMs, () =>
      client.workflowService.describeWorkerDeployment({ namespace, deploymentName }),
    );
    return (workerDeploymentInfo?.versionSummaries ?? [])
      .filter(({ drainageInfo }) => drainageInfo?.status !== VersionDrainageStatus.VERSION_DRAINAGE_STATUS_DRAINED)
      .flatMap(({ deploymentVersion }) => deploymentVersion?.buildId ?? []);
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === notFound) return [];
    throw error;
  }
}

async function programsOn(client: Client, version: string): Promise<number> {
  const query = `TemporalWorkerDeploymentVersion = "${version}" AND ExecutionStatus = "Running"`;
  const { count } = await client.withDeadline(Date.now() + askedMs, () => client.workflow.count(query));
  return count;
}
