import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';

const run = promisify(execFile);

const config = `
[req]
distinguished_name = name
[name]
[tsa]
extendedKeyUsage = critical,timeStamping
[ts]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

/** A time-stamping authority: openssl behind HTTP, with a certificate of its own, in a folder. */
export async function startAuthority(
  folder: string,
): Promise<{ url: string; certificate: string; close(): Promise<void> }> {
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await writeFile(join(folder, 'ts.cnf'), config);
  await writeFile(join(folder, 'serial'), '01\n');
  const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=Test authority'];
  await openssl('req', ...made, '-config', 'ts.cnf', '-extensions', 'tsa', '-keyout', 'tsa.key', '-out', 'tsa.pem');
  const server = createServer(async (request, response) => {
    await writeFile(join(folder, 'query'), await buffer(request));
    const by = ['-config', 'ts.cnf', '-section', 'ts', '-signer', 'tsa.pem', '-inkey', 'tsa.key'];
    await openssl('ts', '-reply', '-queryfile', 'query', ...by, '-out', 'reply');
    response.setHeader('content-type', 'application/timestamp-reply');
    response.end(await readFile(join(folder, 'reply')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    certificate: join(folder, 'tsa.pem'),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
