import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

const strictly = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as the text that they are. Throws a 400 problem when they are none in UTF-8: what they meant would be guessed. */
export function textOf(bytes: Buffer, what: string): string {
  try {
    return strictly.decode(bytes);
  } catch {
    throw notUtf8(what);
  }
}

/** Whether percent signs in an address or a form stand for texts in UTF-8; signs that stand for nothing are left alone. */
export function isEncodedUtf8(text: string): boolean {
  return (text.match(/(?:%[0-9a-f]{2})+/gi) ?? []).every(canBeDecoded);
}

/** Refuses an address whose query is not in UTF-8: as percent signs, or as bytes that no address may have. */
export async function mustHaveUtf8Query({ url }: FastifyRequest): Promise<void> {
  const at = url.indexOf('?');
  const query = at < 0 ? '' : url.slice(at);
  if (/[^\x20-\x7e]/.test(query) || !isEncodedUtf8(query)) throw notUtf8('The query of the address');
}

/** Refuses a body that is compressed: it would be taken for what it is not, and a small one can stand for gigabytes. */
export async function mustNotBeEncoded({ headers }: FastifyRequest): Promise<void> {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || /^\s*(identity)?\s*$/i.test(encoding)) return;
  throw new Problem(415, 'mediaType', 'The body is compressed (Content-Encoding): send it as it is.');
}

/** 400: what was sent is no text. */
export function notUtf8(what: string): Problem {
  return new Problem(
    400,
    'encoding',
    `${what} is not in UTF-8: send it in UTF-8, in addresses and forms with percent signs.`,
  );
}

function canBeDecoded(escapes: string): boolean {
  try {
    decodeURIComponent(escapes);
    return true;
  } catch {
    return false;
  }
}
