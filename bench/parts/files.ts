import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openDatabase } from '../../db/connect.ts';
import { atMachine } from '../../db/installation.ts';
import { type Bed, databaseUrlOf, startCommand } from '../bed.ts';
import { owner, program, write } from '../fixtures/register.ts';
import { memoryOf } from '../processes.ts';
import { atMost, type Row, shown, told } from '../report.ts';

const mebibyte = 2 ** 20;
const size = 100;
const uploads = 3;

/** How much memory the process of the API takes for an upload of 100 MiB, the most that is taken unless it is set otherwise. */
export async function files(bed: Bed): Promise<Row[]> {
  if (process.platform !== 'linux') throw new Error('Memory of processes is read from /proc: Linux only.');
  const database = await openDatabase(databaseUrlOf(bed));
  await write(database, 'files', program(1));
  const { token } = await database.tokens.create({ email: owner, name: owner }, atMachine);
  await database.close();
  const api = await startCommand(bed, 'api', ({ msg, url }) =>
    msg === 'The API listens' ? (url as string) : undefined,
  );
  const upload = (mebibytes: number) => send(`${api.ready}/v1/programs/files/files?name=a.bin`, token, mebibytes);
  // What is loaded and compiled by the first upload is so in every running service.
  await upload(1);

  const growths: number[] = [];
  const seconds: number[] = [];
  for (let count = 0; count < uploads; count++) {
    await forgetPeak(api.pid);
    const { now: before } = await memoryOf(api.pid);
    const startedAt = performance.now();
    await upload(size);
    seconds.push((performance.now() - startedAt) / 1_000);
    growths.push((await memoryOf(api.pid)).peak - before);
  }
  const measure = `growth of the API's memory by an upload of ${size} MiB, most of ${uploads}`;
  return [
    atMost(measure, Math.max(...growths), 50, 'MiB'),
    told('  how fast it is taken, hashed and on disk', shown(size / Math.min(...seconds), 'MiB per s')),
  ];
}

/** Sends a file of its own over HTTP, as fast as it is taken. */
async function send(url: string, token: string, mebibytes: number): Promise<void> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/octet-stream',
    'content-length': mebibytes * mebibyte,
  };
  const call = request(url, { method: 'POST', headers });
  const answered = new Promise<string>((resolve, reject) => {
    call.on('error', reject);
    call.on('response', (answer) => {
      const said = text(answer);
      if (answer.statusCode === 201) resolve(said);
      else said.then((body) => reject(new Error(`The upload was answered ${answer.statusCode}: ${body}`)), reject);
    });
  });
  const piece = randomBytes(mebibyte);
  await pipeline(Readable.from(Array.from({ length: mebibytes }, () => piece)), call);
  await answered;
}

/** Has the kernel count the most memory of a process from now on. */
function forgetPeak(pid: number): Promise<void> {
  return writeFile(`/proc/${pid}/clear_refs`, '5');
}
