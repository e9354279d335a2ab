import type { Email } from '../domain/basics.ts';
import { isEmail } from '../domain/registry/address.ts';

/** Whether a text is an e-mail address as somebody types one to come in. */
export function isAddress(text: string): text is Email {
  return text.length <= 254 && isEmail(text);
}
