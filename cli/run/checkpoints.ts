import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { createSmtpTransport, domainOf } from '../../activities/smtpTransport.ts';
import type { Settings } from '../../config/settings.ts';
import type { Database } from '../../db/types.ts';
import { type Checkpoint, hashOfStatement, textOf } from '../../proof/checkpoint.ts';
import { publicKeyOf, readKey } from '../../proof/key.ts';
import { checkpointWhenDue, type MakerOptions, writeLeft } from '../../proof/maker.ts';
import { openPlace } from '../../proof/open.ts';
import { nameOf, type Place } from '../../proof/place.ts';
import { stampedBy } from '../../proof/timestamp.ts';
import { smtpUrlOf } from './postman.ts';

/** How often a worker looks whether a checkpoint is due. */
const lookMs = 60_000;
const mailMs = 60_000;

/** What the settings say of checkpoints; undefined where they name no place for them. */
export async function makerOf(settings: Settings, database: Database): Promise<MakerOptions | undefined> {
  if (settings.checkpointsUrl === null) return undefined;
  const urls = settings.checkpointsUrl.split(/\s+/);
  const places = await Promise.all(
    urls.map((url) => (url.startsWith('mailto:') ? mailPlace(url, settings) : openPlace(url))),
  );
  const { checkpointKeyFile: keyFile, tsaUrl } = settings;
  const stamp = tsaUrl === null ? undefined : (hash: string) => stampedBy(tsaUrl, hash);
  return { table: database.checkpoints, keyFile, places, stamp };
}

/** Makes checkpoints as they fall due, in a worker. Several workers agree by the database: one makes each. */
export async function startCheckpoints(
  settings: Settings,
  database: Database,
  log: Logger,
): Promise<{ stop(): Promise<void> }> {
  const maker = await makerOf(settings, database);
  if (!maker) return { stop: async () => undefined };
  let looking: Promise<void> | undefined;
  const look = async () => {
    try {
      await writeLeft(maker, new Date());
      const made = await checkpointWhenDue(maker, settings.checkpointHours);
      if (made)
        log.info({ number: made.checkpoint.number, hash: hashOfStatement(made.checkpoint) }, 'A checkpoint was made');
    } catch (error) {
      log.error({ err: error }, 'No checkpoint was made or written; it is tried again in a minute');
    }
  };
  const next = () => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
  };
  next();
  const timer = setInterval(next, lookMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      for (const place of maker.places) place.close();
    },
  };
}

/** The public keys by which checkpoints are known: those that were named, each as its text or its file; else the installation's own. */
export async function knownKeys(settings: Settings, named: readonly string[]): Promise<string[]> {
  if (named.length > 0) return Promise.all(named.map(async (one) => publicKeyOf(await textOrFile(one))));
  const own = await readKey(settings.checkpointKeyFile);
  if (own) return [own.publicKey];
  throw new Error(
    'By which key are the checkpoints to be known? Name it with --key, as "certloop checkpoint" printed it when the first was ' +
      `made: here is no ${settings.checkpointKeyFile}, and what a checkpoint says of its own key proves nothing.`,
  );
}

async function textOrFile(named: string): Promise<string> {
  return readFile(named, 'utf8').catch(() => named);
}

/** Nothing can be read back from a mail: whoever gets it keeps it. */
function mailPlace(url: string, settings: Settings): Place {
  const to = decodeURIComponent(new URL(url).pathname);
  const transport = createSmtpTransport(smtpUrlOf(settings), settings.mailFrom, 1);
  return {
    async write(checkpoint) {
      const { subject, text, html } = letterOf(checkpoint);
      const { installation, number } = checkpoint.checkpoint;
      const messageId = `checkpoint-${installation}-${number}@${domainOf(settings.mailFrom)}`;
      const attachments = [
        { filename: nameOf(checkpoint), content: textOf(checkpoint), contentType: 'application/json' },
      ];
      await transport.send({ to, subject, text, html, messageId, attachments }, AbortSignal.timeout(mailMs));
    },
    close: () => transport.close(),
  };
}

function letterOf({ checkpoint }: Checkpoint): { subject: string; text: string; html: string } {
  const lines = [
    `Attached is checkpoint ${checkpoint.number} of this installation of Certloop, made at ${checkpoint.madeAt}.`,
    'Keep it where nobody who runs the installation can change it: it proves later what was in the register by then.',
    `Its hash: ${hashOfStatement(checkpoint)}. The key that signed it: ${checkpoint.publicKey}.`,
    'To check the register against it: certloop verify --against <file> --key <key>.',
  ];
  const html = lines.map((line) => `<p>${line.replace(/</g, '&lt;')}</p>`).join('\n');
  return { subject: `Certloop checkpoint ${checkpoint.number}`, text: lines.join('\n\n'), html };
}
