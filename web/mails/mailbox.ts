import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import PostalMime, { type Email as Parsed } from 'postal-mime';
import type { Instant } from '../../domain/basics.ts';

/** A mail as the local mailbox got it. */
export interface KeptMail {
  /** The name of its file, without its ending. */
  id: string;
  cameAt: Instant;
  subject: string;
  from: string;
  to: string;
  html?: string;
  text: string;
  headers: { name: string; value: string }[];
}

export interface KeptMails {
  mails: KeptMail[];
  /** All that there are. */
  count: number;
}

const ending = '.eml';
/** Files of which somebody looks at the list again and again. */
const parsed = new LRUCache<string, KeptMail>({ max: 500 });

/** Some of the mails of the local mailbox, the newest first. An empty list where the folder is not there yet. */
export async function mailsIn(folder: string, { from, limit }: { from: number; limit: number }): Promise<KeptMails> {
  const files = await filesIn(folder);
  const mails = files.slice(from, from + limit).map(({ name, cameAt }) => parse(folder, name, cameAt));
  return { mails: await Promise.all(mails), count: files.length };
}

/** One mail; undefined when there is none of this id, whatever the id looks like. */
export async function mailOf(folder: string, id: string): Promise<KeptMail | undefined> {
  // An id is compared with the names that there are, and never made into a path.
  const file = (await filesIn(folder)).find(({ name }) => name === id + ending);
  return file && parse(folder, file.name, file.cameAt);
}

async function filesIn(folder: string): Promise<{ name: string; cameAt: Instant }[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith(ending))
      .map(async (name) => ({ name, cameAt: (await stat(join(folder, name))).mtime.toISOString() })),
  );
  return files.sort((one, other) => other.cameAt.localeCompare(one.cameAt) || one.name.localeCompare(other.name));
}

async function parse(folder: string, name: string, cameAt: Instant): Promise<KeptMail> {
  const key = `${join(folder, name)} ${cameAt}`;
  const before = parsed.get(key);
  if (before) return before;
  const mail = keptMail(
    name.slice(0, -ending.length),
    cameAt,
    await PostalMime.parse(await readFile(join(folder, name))),
  );
  parsed.set(key, mail);
  return mail;
}

function keptMail(id: string, cameAt: Instant, { subject, from, to = [], html, text, headers }: Parsed): KeptMail {
  return {
    id,
    cameAt,
    subject: subject || '(no subject)',
    from: named(from),
    to: to.map(named).join(', ') || 'nobody',
    ...(html && { html }),
    text: text ?? '',
    headers: headers.map(({ key, originalKey, value }) => ({ name: originalKey ?? key, value })),
  };
}

function named(one: { name?: string; address?: string } | undefined): string {
  const { name, address = '' } = one ?? {};
  return name && name !== address ? `${name} <${address}>` : address;
}
