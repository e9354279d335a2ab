import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { packageRoot } from '../../config/packageRoot.ts';
import { describeSettings } from '../../config/settings.ts';
import { commandsOf, compose, read, variable } from './files.ts';

interface Container {
  image: string;
  args: string[];
  envFrom: { configMapRef: { name: string } }[];
  env?: { name: string; value: string }[];
  ports?: { name: string; containerPort: number }[];
  securityContext: object;
  volumeMounts: { name: string; mountPath: string }[];
  [probe: `${string}Probe`]: { httpGet: { path: string; port: string } };
}

interface Manifest {
  kind: string;
  metadata: { name: string; labels: Record<string, string> };
  data: Record<string, string>;
  stringData: Record<string, string>;
  spec: {
    replicas?: number;
    selector: { matchLabels: Record<string, string> } & Record<string, string>;
    ports: { name: string; targetPort: string }[];
    rules: { host: string; http: { paths: { backend: { service: { name: string; port: { name: string } } } }[] } }[];
    template: {
      metadata: { labels: Record<string, string> };
      spec: {
        terminationGracePeriodSeconds?: number;
        securityContext: object;
        containers: [Container];
        volumes: { name: string; secret?: { secretName: string } }[];
      };
    };
  };
}

const folder = 'deploy/kubernetes';
const files = readdirSync(join(packageRoot(), folder)).filter((file) => file !== 'kustomization.yaml');
const manifests = files.flatMap((file) =>
  parseAllDocuments(read(`${folder}/${file}`)).map((document) => {
    expect(document.errors, file).toEqual([]);
    return document.toJS() as Manifest;
  }),
);
const of = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
const running = [...of('Deployment'), ...of('Job')];
const [settings] = of('ConfigMap');
const [secret] = of('Secret');
const { version } = JSON.parse(read('package.json')) as { version: string };

test('there is what an installation needs', () => {
  expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
    'ConfigMap certloop',
    'Deployment certloop-api',
    'Deployment certloop-worker-0-1-0',
    'Ingress certloop',
    'Job certloop-migrate',
    'Job certloop-upgrade',
    'PodDisruptionBudget certloop-api',
    'PodDisruptionBudget certloop-worker-0-1-0',
    'Secret certloop',
    'Service certloop-api',
  ]);
});

test('settings are those that there are, and secrets are where the settings look for them', () => {
  const known = describeSettings().flatMap(({ name }) => [name, `${name}_FILE`]);
  expect(known).toEqual(expect.arrayContaining(Object.keys(settings!.data)));
  const named = Object.values(settings!.data).filter((value) => value.startsWith('/run/secrets/'));
  expect(named).toEqual(Object.keys(secret!.stringData).map((key) => `/run/secrets/certloop/${key}`));
});

test.each(running.map((manifest) => [manifest.metadata.name, manifest] as const))(
  '%s runs as the compose file has it',
  (name, { spec }) => {
    const { template } = spec;
    const [container] = template.spec.containers;
    const { services } = compose();
    const command = /^certloop-([a-z]+)/.exec(name)![1]!;
    expect(container.image).toBe(services.migrate!.image.replace(variable('CERTLOOP_BUILD_ID'), version));
    expect(container.args).toEqual(services[command === 'api' ? 'api-1' : command]!.command);
    expect(container.envFrom).toEqual([{ configMapRef: { name: settings!.metadata.name } }]);
    expect(container.securityContext).toEqual({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
    expect(template.spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(template.spec.volumes.map((volume) => volume.name)).toEqual(
      container.volumeMounts.map((mount) => mount.name),
    );
    expect(template.spec.volumes.flatMap((volume) => volume.secret?.secretName ?? [])).toEqual([secret!.metadata.name]);
  },
);

test.each(of('Deployment').map((manifest) => [manifest.metadata.name, manifest] as const))(
  '%s is found, asked and stopped in its time',
  (name, { spec }) => {
    const { template, selector } = spec;
    const [container] = template.spec.containers;
    expect(spec.replicas).toBe(2);
    expect(template.metadata.labels).toMatchObject(selector.matchLabels);
    const budget = of('PodDisruptionBudget').find(({ metadata }) => metadata.name === name);
    expect(budget!.spec.selector.matchLabels).toEqual(selector.matchLabels);
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(75);
    const ports = Object.fromEntries(container.ports!.map((port) => [port.name, port.containerPort]));
    expect(ports.operations).toBe(8401);
    expect(container.readinessProbe!.httpGet).toEqual({ path: '/readyz', port: 'operations' });
    expect(container.livenessProbe!.httpGet).toEqual({ path: '/healthz', port: 'operations' });
  },
);

test('workers of two versions can be there beside each other, and say of which they are', () => {
  const workers = of('Deployment').find(
    ({ metadata }) => metadata.name === `certloop-worker-${version.replaceAll('.', '-')}`,
  )!;
  const { selector, template } = workers.spec;
  expect(selector.matchLabels['app.kubernetes.io/version']).toBe(version);
  const upgrade = of('Job').find(({ metadata }) => metadata.name === 'certloop-upgrade')!;
  for (const { spec } of [template, upgrade.spec.template])
    expect(spec.containers[0].env).toEqual([{ name: 'CERTLOOP_BUILD_ID', value: version }]);
  expect(read(`${folder}/kustomization.yaml`)).toContain(`newTag: ${version} }`);
  // A pod of the version before that is started again meanwhile would call itself the new one.
  expect(settings!.data).not.toHaveProperty('CERTLOOP_BUILD_ID');
});

test('a new version comes by an order that stops the workers of the one before last', () => {
  const order = commandsOf('kubectl', 'certloop-worker-0-2-0');
  const place = (start: string) => order.findIndex((line) => line.startsWith(start));
  const steps = [
    'apply -f migrate.yaml',
    'wait --for=condition=complete job/certloop-migrate',
    'apply -f worker.yaml',
    'rollout status deployment/certloop-worker-0-2-0',
    'apply -f upgrade.yaml',
    'wait --for=condition=complete job/certloop-upgrade',
    'delete deployment,poddisruptionbudget certloop-worker-0-1-0',
    'apply -k .',
  ].map(place);
  expect(steps).not.toContain(-1);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
});

test('the ingress leads to the API under the name that mails have', () => {
  const [ingress] = of('Ingress');
  const [service] = of('Service');
  const api = of('Deployment').find(({ metadata }) => metadata.name === 'certloop-api')!.spec.template;
  const [rule] = ingress!.spec.rules;
  expect(settings!.data.CERTLOOP_PUBLIC_URL).toBe(`https://${rule!.host}`);
  expect(rule!.http.paths[0]!.backend.service).toEqual({ name: service!.metadata.name, port: { name: 'http' } });
  expect(api.metadata.labels).toMatchObject(service!.spec.selector);
  expect(api.spec.containers[0].ports).toContainEqual({
    name: service!.spec.ports[0]!.targetPort,
    containerPort: 8400,
  });
});
