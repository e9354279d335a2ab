import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Mailbox, startMailbox } from '../../worker/mailbox.ts';

let home: string;
let dir: string;
let mailbox: Mailbox;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'certloop-mailbox-'));
  dir = join(home, 'data', 'mail');
  mailbox = await startMailbox({ port: 0, dir });
});
afterEach(async () => {
  await mailbox.stop();
  await rm(home, { recursive: true });
});

describe('the local mailbox', () => {
  it('keeps a message as a file that only its owner reads', async () => {
    await send({ subject: 'Prüfung', text: 'Hello\n.\n..dots', messageId: '<mail-1@certloop>' });
    expect(await readdir(dir)).toEqual(['mail-1@certloop.eml']);
    expect((await stat(join(dir, 'mail-1@certloop.eml'))).mode & 0o077).toBe(0);
    const mail = await PostalMime.parse(await readFile(join(dir, 'mail-1@certloop.eml')));
    expect(mail).toMatchObject({ subject: 'Prüfung', text: 'Hello\n.\n..dots\n', messageId: '<mail-1@certloop>' });
    expect([mailbox.count(), mailbox.duplicates()]).toEqual([1, 0]);
  });

  it('shows a message that came twice once, and counts it', async () => {
    await send({ text: 'first', messageId: '<mail-1@certloop>' });
    await send({ text: 'second', messageId: '<mail-1@certloop>' });
    await send({ text: 'another', messageId: '<mail-2@certloop>' });
    expect([mailbox.count(), mailbox.duplicates()]).toEqual([2, 1]);
    expect(await readFile(join(dir, 'mail-1@certloop.eml'), 'utf8')).toContain('second');
  });

  it('knows after a restart what it has', async () => {
    await send({ text: 'first', messageId: '<mail-1@certloop>' });
    await mailbox.stop();
    mailbox = await startMailbox({ port: 0, dir });
    await send({ text: 'second', messageId: '<mail-1@certloop>' });
    expect([mailbox.count(), mailbox.duplicates()]).toEqual([1, 1]);
  });

  it('never lets a Message-ID choose where a file goes', async () => {
    const ids = ['<../../escape@x>', '</etc/cron.d/x@x>', '<.hidden@x>', `<${'a'.repeat(400)}@x>`];
    for (const messageId of ids) await send({ text: messageId, messageId });
    const names = await readdir(dir);
    expect(names).toHaveLength(ids.length);
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{64}\.eml$/);
    expect(await readdir(home)).toEqual(['data']);
  });

  it('refuses a message over 10 MB and goes on', async () => {
    await expect(send({ text: 'x'.repeat(76).concat('\n').repeat(150_000) })).rejects.toMatchObject({
      responseCode: 552,
    });
    await send({ text: 'small', messageId: '<mail-1@certloop>' });
    expect(await readdir(dir)).toEqual(['mail-1@certloop.eml']);
  });

  it('names the setting when the port is taken', async () => {
    await expect(startMailbox({ port: mailbox.port, dir })).rejects.toThrow(
      `The local mailbox cannot listen on 127.0.0.1:${mailbox.port}: another program uses it. Set CERTLOOP_SMTP_PORT`,
    );
  });
});

async function send(message: { subject?: string; text: string; messageId?: string }): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: mailbox.port });
  await transport.sendMail({ from: 'certloop@example.org', to: 'dana@example.org', ...message });
}
