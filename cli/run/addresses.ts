import { createHmac, randomBytes } from 'node:crypto';

/** Of this process alone: what is in the log cannot be turned back into addresses, nor compared with a list of them. */
const key = randomBytes(32);

const letters = String.raw`\p{L}\p{N}._%+\-`;
const signs = String.raw`'!#$*^\x60{|}~`;
/** From where it begins, so that each part of a long line is looked at once. */
const name = `(?<![${letters}${signs}])[${letters}${signs}]+`;
/** In quotes, which have a backslash before them in JSON. */
const quoted = String.raw`(?<slash>\\?)"[^"\\]{1,64}\k<slash>"`;
/** As it is, of full width, or as addresses of the web have it, once or within each other. */
const at = '(?:[@\uff20]|%(?:25)*40)';
/** With a letter, unlike a version (`client@1.2`), or an address of the network in brackets. */
const domain = String.raw`(?:(?=[\d.-]*\p{L})[\p{L}\p{N}.-]*[\p{L}\p{N}]|\[[\p{L}\d.:]+\])`;

/** An e-mail address as it stands in a text or in an address of the web. */
const address = new RegExp(`(?:${quoted}|${name})${at}${domain}`, 'gu');

/**
 * A line of the log without the e-mail addresses in it, whoever wrote them: us, a mail server in a refusal, or a database. Each stands there
 * under a name of its own, the same in all lines of a process.
 */
export function withoutAddresses(line: string): string {
  return line.replace(address, (found) => (isNamed.test(found) ? `address-${nameOf(found)}` : found));
}

/** A password that was starred out stands before an @ too. */
const isNamed = new RegExp(`^[^@\uff20]*[${letters}"]`, 'u');

function nameOf(found: string): string {
  const plain = found
    .replace(/^['`]+/, '')
    .replace(/%(?:25)*40|\uff20/, '@')
    .toLowerCase();
  return createHmac('sha256', key).update(plain).digest('hex').slice(0, 12);
}
