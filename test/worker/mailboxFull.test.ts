import { readdir } from 'node:fs/promises';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderStore } from '../../files/stores/folder.ts';
import { startMailbox } from '../../worker/mailbox.ts';
import { type SmallDisk, smallDisk } from '../support/smallDisk.ts';

let disk: SmallDisk;
beforeEach(async () => {
  disk = await smallDisk(2 ** 20);
});
afterEach(() => disk.remove());

test('a mailbox whose disk is full puts mails off, and takes them when there is room', async () => {
  const dir = `${disk.folder}/mailbox`;
  const mailbox = await startMailbox({ port: 0, dir });
  const transport = createTransport({ host: '127.0.0.1', port: mailbox.port });
  const mail = {
    from: 'a@example.org',
    to: 'b@example.org',
    subject: 'Full',
    text: 'x'.repeat(20_000),
    messageId: '<1@example.org>',
  };
  try {
    await disk.fill();
    await expect(transport.sendMail(mail)).rejects.toMatchObject({ responseCode: 450 });
    expect(await readdir(dir)).toEqual([]);
    await disk.makeRoom();
    await transport.sendMail(mail);
    expect(mailbox.count()).toBe(1);
  } finally {
    transport.close();
    await mailbox.stop();
  }
});

test('a folder of files whose disk is full says so, keeps nothing of the file, and takes it when there is room', async () => {
  const store = folderStore(`${disk.folder}/files`);
  const content = async function* () {
    yield Buffer.alloc(200_000, 'x');
  };
  await disk.fill();
  await expect(store.put(content())).rejects.toMatchObject({ name: 'StoreError', is: 'full' });
  await disk.makeRoom();
  const { sha256 } = await store.put(content());
  expect(await store.has(sha256)).toBe(true);
});
