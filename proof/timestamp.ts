import { randomBytes } from 'node:crypto';

const patienceMs = 30_000;
/** A token with its certificates has some kilobytes. */
const mostBytes = 100_000;

/** `AlgorithmIdentifier` of SHA-256 and the beginning of the 32 bytes that follow it, in DER. */
const sha256 = Buffer.from('300d060960864801650304020105000420', 'hex');

/**
 * Has a hash stamped by a time-stamping authority (RFC 3161): gives its token in base64, over just this hash. Who signed it, and
 * whether they are to be believed, `openssl ts -verify` tells whoever knows the authority.
 *
 * @param hash SHA-256 in hexadecimal
 * @throws Error that says what the authority answered
 */
export async function stampedBy(url: string, hash: string): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: new Uint8Array(requestFor(hash)),
    signal: AbortSignal.timeout(patienceMs),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) throw new Error(`The time-stamping authority ${url} answered ${answer.status}.`);
  const token = body.length > mostBytes ? undefined : tokenIn(body);
  if (!token || !isOver(token.toString('base64'), hash))
    throw new Error(`The time-stamping authority ${url} gave no time stamp over what it was asked for.`);
  return token.toString('base64');
}

/** Whether a token is over a hash. That it is signed by somebody who can be believed is not looked at. */
export function isOver(token: string, hash: string): boolean {
  return Buffer.from(token, 'base64').includes(sequence(sha256, Buffer.from(hash, 'hex')));
}

/** `TimeStampReq`: version 1, the hash, a number used once, and the wish for the certificate. */
function requestFor(hash: string): Buffer {
  const nonce = Buffer.concat([Buffer.from([0x02, 0x09, 0x00]), randomBytes(8)]);
  // A number that begins with a zero byte needs a set bit behind it.
  nonce[3]! |= 0x80;
  const imprint = sequence(sha256, Buffer.from(hash, 'hex'));
  return sequence(Buffer.from([0x02, 0x01, 0x01]), imprint, nonce, Buffer.from([0x01, 0x01, 0xff]));
}

function sequence(...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}

/** `TimeStampResp` is a status and, where it is granted (0 or 1), the token behind it. */
function tokenIn(response: Buffer): Buffer | undefined {
  const whole = contentOf(response);
  const status = whole && contentOf(whole);
  if (!whole || !status || status[0] !== 0x02 || status[1] !== 1 || status[2]! > 1) return undefined;
  const token = whole.subarray(lengthOf(whole)!);
  return token.length > 0 && lengthOf(token) === token.length ? token : undefined;
}

function contentOf(sequence: Buffer): Buffer | undefined {
  const end = lengthOf(sequence);
  if (sequence[0] !== 0x30 || end === undefined) return undefined;
  return sequence.subarray(headerOf(sequence), end);
}

/** How many bytes an element takes with its header; undefined where it is not all there. */
function lengthOf(element: Buffer): number | undefined {
  const header = headerOf(element);
  if (element.length < header) return undefined;
  const length = header === 2 ? element[1]! : element.readUIntBE(2, header - 2);
  return header + length <= element.length ? header + length : undefined;
}

/** A length below 128 is one byte; a longer one says first in how many it is written, four at most here. */
function headerOf(element: Buffer): number {
  const first = element[1] ?? 0;
  return first < 0x80 ? 2 : 2 + Math.min(first & 0x7f, 4);
}
