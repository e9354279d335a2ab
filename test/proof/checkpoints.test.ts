import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import canonicalize from 'canonicalize';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Checkpoint, hashOfStatement, readCheckpoint, signed, textOf } from '../../proof/checkpoint.ts';
import { onBothDatabases } from '../db/databases.ts';
import { type Attacked, attacked, written } from './support/attacked.ts';

const run = promisify(execFile);

/** Whoever has the place of the checkpoints, but not the key, or has the key of another. */
onBothDatabases('somebody with the checkpoints', (bench) => {
  let at: Attacked;
  beforeEach(async () => {
    at = await attacked(bench);
  });
  afterEach(() => at.close());

  const read = async (number: number): Promise<Checkpoint> => readCheckpoint(await readFile(at.file(number), 'utf8'));
  const write = (number: number, checkpoint: Checkpoint) => writeFile(at.file(number), textOf(checkpoint));
  const another = () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    return { key: privateKey, publicKey: publicKey.export({ format: 'jwk' }).x! };
  };

  async function told(what: string | RegExp): Promise<void> {
    const ran = await at.verify();
    expect(ran.stdout).toMatch(what);
    expect(ran).toMatchObject({ status: 1, stderr: expect.stringMatching(/with the checkpoints|can be trusted/) });
  }

  test('alters one', async () => {
    const one = await read(2);
    one.checkpoint.programs[0]!.hash = 'f'.repeat(64);
    await write(2, one);
    await told('certloop-checkpoint-000002.json: it was altered since it was signed');
  });

  test('signs one anew with a key of their own', async () => {
    const { checkpoint } = await read(2);
    const { key, publicKey } = another();
    await write(2, signed({ ...checkpoint, publicKey }, key));
    await told('certloop-checkpoint-000002.json: it is signed with a key that is not known');
    // What it says of its key counts only for whoever names that key.
    expect((await at.verify(at.file(2), [publicKey])).stdout).toContain('1 checkpoint that can be trusted');
  });

  test('keeps the key that it names and signs with another', async () => {
    const { checkpoint } = await read(2);
    await write(2, signed(checkpoint, another().key));
    await told('it was altered since it was signed, or is forged');
  });

  test('signs all anew with a key of their own', async () => {
    const { key, publicKey } = another();
    const first = signed({ ...(await read(1)).checkpoint, publicKey }, key);
    await write(1, first);
    await write(
      2,
      signed({ ...(await read(2)).checkpoint, publicKey, previous: hashOfStatement(first.checkpoint) }, key),
    );
    await told(/No checkpoint|is not known/);
    expect((await at.verify()).stderr).toContain('nothing was compared');
  });

  test('removes one in between, the first, the last', async () => {
    expect((await at.checkpoint()).status).toBe(0);
    const second = await readFile(at.file(2));
    await rm(at.file(2));
    await told('Checkpoints: checkpoint 2 is missing: somebody removed what was written');
    await writeFile(at.file(2), second);
    await rm(at.file(3));
    await told('Checkpoints: checkpoint 3 is missing');
    await rm(at.file(1));
    await told('Checkpoints: checkpoint 1 is missing');
  });

  test('removes the last one from the database too: the copy elsewhere tells', async () => {
    await at.tables('checkpoints').where({ number: 2 }).delete();
    await told('the database knows checkpoints up to 1, but 2 was made');
    await at.tables('checkpoints').delete();
    await told('the database knows checkpoints up to 0, but 2 was made');
    // The next one goes on from what was written.
    expect((await at.checkpoint()).stdout).toContain('Checkpoint 3 ');
    expect(await written(at)).toHaveLength(3);
  });

  test('puts another in the database', async () => {
    const { checkpoint } = await read(2);
    const { key } = another();
    const doc = textOf(signed({ ...checkpoint, programs: [] }, key));
    await at.tables('checkpoints').where({ number: 2 }).update({ doc });
    await told('the database has another checkpoint 2 than the one that was written');
  });

  test('brings those of another installation', async () => {
    await at
      .tables('secrets')
      .where({ name: 'installation' })
      .update({ value: 'A'.repeat(43) });
    await told(/it is of another installation \(\w{32}, this one is \w{32}\)/);
  });

  test('writes what is none', async () => {
    await writeFile(at.file(3), '{"checkpoint":{}}');
    await told('certloop-checkpoint-000003.json: it is no checkpoint');
    await writeFile(at.file(3), 'nothing');
    await told('certloop-checkpoint-000003.json: it is no JSON');
  });

  test('loses the key, or has another: nothing is signed with it unasked', async () => {
    await rm(`${at.folder}/checkpoint.key`);
    expect(await at.checkpoint()).toMatchObject({ status: 1, stderr: expect.stringContaining('put it back') });
    await writeFile(`${at.folder}/checkpoint.key`, another().key.export({ type: 'pkcs8', format: 'pem' }));
    expect(await at.checkpoint()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('signed with another key'),
    });
    const accepted = await at.checkpoint('The key was lost with the machine');
    expect(accepted.stdout).toContain('Checkpoint 3 ');
    const key = /signed it: (\S+)/.exec(accepted.stdout)![1]!;
    expect((await at.verify()).stdout).toContain('it is signed with a key that is not known');
    expect(await at.verify(undefined, [at.key, key])).toMatchObject({ status: 0 });
  });

  test('restores a backup that is older than the last checkpoint: told, with the remedy, until somebody takes it for lost', async () => {
    for (const id of ['aims', 'blue'])
      await at.rewrite(
        id,
        (await at.records(id)).slice(0, 4).map(({ payload }) => payload),
      );
    await at.tables('checkpoints').where({ number: 2 }).delete();
    expect((await at.verify()).stderr).toContain(
      'older than the last checkpoint and nothing newer is left, "certloop checkpoint --accept',
    );
    const refused = await at.checkpoint();
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('checkpoint --accept') });
    const accepted = await at.checkpoint('The disk failed; the backup of Sunday is the newest');
    expect(accepted).toMatchObject({ status: 0, stdout: expect.stringContaining('Checkpoint 3 ') });
    const after = await at.verify();
    expect(after.stdout).toMatch(
      /^aims: 4 records as in checkpoint 3 .*; what was before is taken for lost in checkpoint 3 .*: The disk failed/m,
    );
    expect(after).toMatchObject({ status: 0, stderr: '' });
    await at.rewrite(
      'aims',
      (await at.records('aims')).slice(0, 3).map(({ payload }) => payload),
    );
    expect((await at.verify()).stdout).toMatch(/^aims: CUT: it ends at record 3/m);
  });

  test('is checked with other tools than ours: openssl, and the JSON itself', async () => {
    const { checkpoint, signature } = await read(2);
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: at.key }, format: 'jwk' });
    await writeFile(`${at.folder}/key.pem`, key.export({ type: 'spki', format: 'pem' }));
    await writeFile(`${at.folder}/said`, canonicalize(checkpoint)!);
    await writeFile(`${at.folder}/signature`, Buffer.from(signature, 'base64url'));
    const verifying = [
      'pkeyutl',
      '-verify',
      '-pubin',
      '-inkey',
      'key.pem',
      '-rawin',
      '-in',
      'said',
      '-sigfile',
      'signature',
    ];
    const { stdout } = await run('openssl', verifying, { cwd: at.folder });
    expect(stdout).toContain('Signature Verified Successfully');
    expect(
      (
        await at.verify(
          at.file(2),
          ['key.pem'].map((name) => `${at.folder}/${name}`),
        )
      ).status,
    ).toBe(0);
    expect((await stat(`${at.folder}/checkpoint.key`)).mode & 0o777).toBe(0o600);
  });
});
