import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import type { SettingDescription } from './fields.ts';

/** How to reach the Temporal service, from Temporal's own variables and its configuration file. */
export interface TemporalSettings {
  /** `host:port` of a service that runs elsewhere; null: the embedded service is used. */
  address: string | null;
  namespace: string;
  /** TLS, API key and metadata. */
  connectionOptions: Omit<ClientConnectConfig['connectionOptions'], 'address'>;
}

/** The variables of Temporal's that matter most, for documentation. */
export const temporalVariables: SettingDescription[] = [
  {
    name: 'TEMPORAL_ADDRESS',
    default: 'the embedded service',
    meaning: 'host:port of the Temporal service to use instead of the embedded one.',
  },
  { name: 'TEMPORAL_NAMESPACE', default: 'default', meaning: 'Namespace in which programs live.' },
  { name: 'TEMPORAL_API_KEY', default: '', meaning: 'API key, as Temporal Cloud gives it; switches TLS on.' },
  { name: 'TEMPORAL_TLS', default: 'false', meaning: 'Whether to connect with TLS.' },
  { name: 'TEMPORAL_TLS_CLIENT_CERT_PATH', default: '', meaning: 'File of the client certificate, for mutual TLS.' },
  { name: 'TEMPORAL_TLS_CLIENT_KEY_PATH', default: '', meaning: 'File of the key of the client certificate.' },
  {
    name: 'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
    default: '',
    meaning: 'File of the authority that signed the certificate of the service.',
  },
  { name: 'TEMPORAL_PROFILE', default: 'default', meaning: "Profile of Temporal's configuration file to use." },
  { name: 'TEMPORAL_CONFIG_FILE', default: "Temporal's own place", meaning: "Path of Temporal's configuration file." },
];

/**
 * Reads Temporal's own variables and configuration file the way all Temporal tools do.
 *
 * @param problems - takes what is wrong, one sentence for each problem.
 */
export function loadTemporalSettings(env: NodeJS.ProcessEnv, problems: string[]): TemporalSettings {
  const overrideEnvVars = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  const tls = overrideEnvVars.TEMPORAL_TLS;
  if (tls !== undefined && !/^(true|false|1|0)$/.test(tls))
    problems.push(`TEMPORAL_TLS is ${JSON.stringify(tls)}: expected true or false.`);
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars });
    const { address, ...rest } = connectionOptions;
    if (address !== undefined && !/^[^\s/]+$/.test(address)) {
      problems.push(`TEMPORAL_ADDRESS is ${JSON.stringify(address)}: expected host:port, without http://.`);
    }
    return { address: address ?? null, namespace: namespace ?? 'default', connectionOptions: rest };
  } catch (error) {
    const given = Object.keys(overrideEnvVars).filter((name) => name.startsWith('TEMPORAL_'));
    problems.push(`Temporal's own settings (${given.join(', ') || 'its configuration file'}): ${messageOf(error)}.`);
    return { address: null, namespace: 'default', connectionOptions: {} };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
