import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOver, stampedBy } from '../../proof/timestamp.ts';
import { startAuthority } from './support/authority.ts';

let folder: string;
let authority: Awaited<ReturnType<typeof startAuthority>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-tsa-'));
  authority = await startAuthority(folder);
});

afterAll(async () => {
  await authority?.close();
  await rm(folder, { recursive: true, force: true });
});

const hash = createHash('sha256').update('a checkpoint').digest('hex');

test('a token of an authority is over the hash that it was asked for, and openssl verifies it', async () => {
  const token = await stampedBy(authority.url, hash);
  expect(isOver(token, hash)).toBe(true);
  expect(isOver(token, 'f'.repeat(64))).toBe(false);
  await writeFile(join(folder, 'token'), Buffer.from(token, 'base64'));
  const verifying = ['ts', '-verify', '-digest', hash, '-in', 'token', '-token_in', '-CAfile', authority.certificate];
  const { stdout } = await promisify(execFile)('openssl', verifying, { cwd: folder });
  expect(stdout).toContain('Verification: OK');
});

test.each([
  ['nothing', ''],
  ['a refusal', '30053003020102'],
  ['half of an answer', '3082100030030201003082'],
])('an authority that answers %s gives no time stamp', async (_, answered) => {
  const server = createServer((_request, response) => void response.end(Buffer.from(answered, 'hex'))).listen(0);
  const { port } = server.address() as AddressInfo;
  await expect(stampedBy(`http://127.0.0.1:${port}/`, hash)).rejects.toThrow('gave no time stamp over');
  server.close();
});
