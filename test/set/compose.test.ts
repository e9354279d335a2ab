import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TypedSearchAttributes } from '@temporalio/common';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { packageRoot } from '../../config/packageRoot.ts';
import { describeSettings } from '../../config/settings.ts';
import { searchAttributeKeys } from '../../workflows/searchAttributes.ts';
import { compose, read, variable } from './files.ts';

const { services, networks, secrets } = compose();
const entries = Object.entries(services);
const names = Object.keys(services);
const isJob = (name: string) =>
  /^(migrate|upgrade|restore-|postgres-roles|temporal-schema|temporal-namespace)/.test(name);
const longRunning = names.filter((name) => !isJob(name));
const ours = entries.filter(([, { image }]) => image.startsWith('certloop:'));
const settings = describeSettings().flatMap(({ name }) => [name, `${name}_FILE`]);

test("the compose file is one by compose's own schema", () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  const { $schema: _, ...schema } = JSON.parse(read('test/fixtures/compose-spec.json'));
  const check = ajv.compile(schema);
  check(compose());
  expect(check.errors).toBeNull();
  check({ services: { api: { image: 'x', stop_grace: '75s' } } });
  expect(check.errors).not.toBeNull();
});

test('images are of a version, never of whatever is newest', () => {
  for (const [name, { image }] of entries) {
    const written = image.replace(/\$\{(CERTLOOP_BUILD_ID|BUILD_ID_BEFORE:-none)\}$/, '0.1.0');
    expect(written, name).toMatch(/:\d+\.\d+(\.\d+)?(-\w+)?$/);
  }
  expect(services.temporal!.image).toBe('temporalio/server:1.32.0');
  expect(services['temporal-schema']!.image.split(':')[1]).toBe(services.temporal!.image.split(':')[1]);
  expect(read('Dockerfile').match(/^FROM .*$/gm)).toEqual([
    expect.stringMatching(/^FROM node:22\.\d+\.\d+-bookworm AS build$/),
    expect.stringMatching(/^FROM node:22\.\d+\.\d+-bookworm-slim$/),
  ]);
});

test('there are two of what people notice, and each service has its bounds', () => {
  expect(longRunning).toEqual(
    expect.arrayContaining(['proxy', 'api-1', 'api-2', 'worker', 'postgres', 'temporal', 'backup']),
  );
  for (const name of ['worker', 'worker-before']) expect(services[name]!.deploy.replicas, name).toBe(2);
  for (const [name, service] of entries) {
    expect(service.deploy.resources.limits, name).toEqual({
      cpus: expect.stringMatching(/^\d/),
      memory: expect.stringMatching(/^\d+[MG]$/),
      pids: expect.any(Number),
    });
    expect(service.logging.options, name).toHaveProperty('max-size');
    expect(service.cap_drop, name).toEqual(['ALL']);
    expect(service.security_opt, name).toEqual(['no-new-privileges:true']);
    expect(service.read_only, name).toBe(name !== 'temporal-ui');
  }
});

test('what runs for long is asked how it is', () => {
  for (const name of longRunning) expect(services[name]!.healthcheck?.test, name).toBeDefined();
  for (const name of ['api-1', 'api-2', 'worker', 'worker-before']) {
    expect(services[name]!.healthcheck!.test).toEqual(['CMD', 'node', 'docker/healthcheck.mjs', 'readyz']);
    // A stop takes a minute at most.
    expect(Number.parseInt(services[name]!.stop_grace_period!, 10)).toBeGreaterThan(60);
  }
});

test('the proxy alone is published, and nothing of Temporal and PostgreSQL', () => {
  const published = entries.filter(([, { ports }]) => ports).map(([name, { ports }]) => [name, ports]);
  expect(published).toEqual([
    ['proxy', ['80:80', '443:443', '443:443/udp']],
    ['temporal-ui', ['127.0.0.1:8233:8080']],
  ]);
  expect(services['temporal-ui']!.profiles).toEqual(['temporal-ui']);
  expect(networks.back).toEqual({ internal: true });
  for (const name of ['postgres', 'temporal', 'backup']) expect(services[name]!.networks, name).toEqual(['back']);
  expect(services.proxy!.networks).toEqual(['front']);
});

test('secrets are files, given to those that need them; the superuser is for the bootstrap alone', () => {
  const given = (secret: string) => names.filter((name) => services[name]!.secrets?.includes(secret));
  expect(given('postgres-password')).toEqual(['postgres', 'postgres-roles']);
  expect(given('temporal-password')).toEqual(['postgres-roles', 'temporal-schema', 'temporal']);
  for (const [name, { secrets: asked = [], environment = {} }] of entries) {
    expect(Object.keys(secrets), name).toEqual(expect.arrayContaining(asked));
    for (const [variable, value] of Object.entries(environment)) {
      const [, secret] = /^\/run\/secrets\/(.+)$/.exec(value) ?? [];
      if (secret) expect(asked, `${name} ${variable}`).toContain(secret);
      else expect(value, `${name} ${variable}`).not.toMatch(/password|:\/\/[^/]*@/i);
    }
  }
  const made = [...read('docker/make-secrets.sh').matchAll(/^write (\S+)|\$folder\/(smtp-url)/gm)].map(
    (m) => m[1] ?? m[2],
  );
  expect([...made, 'postgres-password', 'certloop-password', 'temporal-password']).toEqual(
    expect.arrayContaining(Object.keys(secrets)),
  );
});

test('our processes get settings and commands that there are', () => {
  const commands = [...read('cli/main.ts').matchAll(/\.command\('([\w-]+)'\)/g)].map(([, name]) => name);
  for (const [name, { environment, command }] of ours) {
    expect(commands, name).toContain(command![0]);
    expect(settings, name).toEqual(expect.arrayContaining(Object.keys(environment!)));
  }
  const inImage = [...read('Dockerfile').matchAll(/\b(CERTLOOP_\w+)=/g)].map(([, name]) => name);
  expect(settings).toEqual(expect.arrayContaining(inImage));
});

test('the version before can run beside the new one, as it was, and only when it is asked for', () => {
  const { image, build, profiles, environment, ...before } = services['worker-before']!;
  const { image: newImage, build: _, environment: newEnvironment, ...worker } = services.worker!;
  expect([image, newImage]).toEqual([
    `certloop:${variable('BUILD_ID_BEFORE:-none')}`,
    `certloop:${variable('CERTLOOP_BUILD_ID')}`,
  ]);
  expect(build, 'what is here now would be built as the version before').toBeUndefined();
  expect(profiles).toEqual(['upgrade']);
  expect(before).toEqual({ ...worker, pull_policy: 'never' });
  expect(environment).toEqual({ ...newEnvironment, CERTLOOP_BUILD_ID: variable('BUILD_ID_BEFORE:-none') });
});

test('each file that is mounted or copied is there', () => {
  const mounted = entries.flatMap(([, { volumes = [] }]) => volumes.filter((volume) => volume.startsWith('./')));
  for (const volume of mounted) expect(existsSync(join(packageRoot(), volume.split(':')[0]!)), volume).toBe(true);
  const scripts = entries.flatMap(([, { volumes = [], entrypoint, command, healthcheck }]) => {
    const folder = volumes.find((volume) => volume.includes(':/set:'))?.split(':')[0];
    const words = [...(entrypoint ?? []), ...(command ?? []), ...(healthcheck?.test ?? [])];
    return words.filter((word) => word.startsWith('/set/')).map((word) => word.replace('/set', folder!));
  });
  expect(scripts.length).toBeGreaterThan(5);
  for (const script of scripts) expect(existsSync(join(packageRoot(), script)), script).toBe(true);
});

test('the namespace gets the search attributes that programs have', () => {
  const listed = [...read('docker/temporal/namespace.sh').matchAll(/^(Certloop\w+) (\w+)$/gm)].map(([line]) => line);
  const wanted = searchAttributeKeys.map(({ name, type }) => `${name} ${TypedSearchAttributes.toMetadataType(type)}`);
  expect(listed.sort()).toEqual(wanted.sort());
});

test('the image is built from what the build needs, and from nothing else', () => {
  const ignored = read('.dockerignore').split('\n');
  const taken = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  expect(ignored.filter((line) => !line.startsWith('#'))[0]).toBe('*');
  const { include } = JSON.parse(read('tsconfig.build.json')) as { include: string[] };
  // The benchmarks run from the sources alone, and use what the tests have.
  const built = include.filter((name) => name !== 'bench');
  expect(taken).toEqual(expect.arrayContaining([...built, 'package.json', 'package-lock.json', '.npmrc']));
  for (const name of ['test', 'bench', 'secrets', '.git', 'data', 'docs']) expect(taken).not.toContain(name);
  for (const file of taken) expect(existsSync(join(packageRoot(), file)), file).toBe(true);
});
