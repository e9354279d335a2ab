import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { administratorEmail, ensureAdministrator } from '../../api/administrator.ts';
import { now } from '../../api/clock.ts';
import { signInCommand } from '../../cli/signIn.ts';
import { waysIn } from '../../cli/start.ts';
import { openDatabase } from '../../db/connect.ts';
import { lookAtLink, useLink } from '../../identity/signIn.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-sign-in-'));
  vi.stubEnv('CERTLOOP_DATA_DIR', folder);
  vi.stubEnv('CERTLOOP_DATABASE_URL', '');
  vi.stubEnv('CERTLOOP_PUBLIC_URL', 'https://certloop.example.com');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command; gives what it printed. */
async function run(email: string): Promise<{ out: string[]; notes: string[] }> {
  const [out, notes]: [string[], string[]] = [[], []];
  vi.spyOn(console, 'log').mockImplementation((line) => out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line) => notes.push(line));
  await signInCommand(email);
  return { out, notes };
}

const withDatabase = async <T>(use: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>) => {
  const database = await openDatabase(`sqlite:${folder}/certloop.db`);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
};

describe('certloop sign-in', () => {
  test('prints a link that signs in once, and says so; the link alone on standard output', async () => {
    await withDatabase((database) => ensureAdministrator(database, folder));
    const { out, notes } = await run(administratorEmail.toUpperCase());
    expect(out).toHaveLength(1);
    expect(out[0]).toMatch(/^https:\/\/certloop\.example\.com\/sign-in\/link\/\S{32}$/);
    expect(notes.join()).toContain('signs in Administrator and works once, within 60 minutes');
    const token = out[0]!.split('/').at(-1)!;
    await withDatabase(async (database) => {
      expect((await lookAtLink(database, token, now())).closed).toBeUndefined();
      expect(await useLink(database, token, undefined, now())).toEqual({ outcome: 'in', email: administratorEmail });
      expect(await useLink(database, token, undefined, now())).toEqual({ outcome: 'used' });
      const { signIn } = await lookAtLink(database, token, now());
      const minutes = (Date.parse(signIn!.expiresAt) - Date.parse(signIn!.askedAt)) / 60_000;
      expect(minutes).toBe(60);
    });
  });

  test('knows nobody who has neither an account nor a part in a program, and makes no link', async () => {
    await withDatabase((database) => ensureAdministrator(database, folder));
    await expect(run('stranger@example.com')).rejects.toThrow(
      'Nobody here has the address stranger@example.com: it has no account, and no program names it',
    );
    await expect(run('stranger')).rejects.toThrow('"stranger" is not an e-mail address; write one such as');
  });

  test('says what to do where there is no database', async () => {
    await expect(run('kim@example.com')).rejects.toThrow(/There is no database|certloop\.db/);
  });
});

describe('certloop start', () => {
  const publicUrl = 'https://certloop.example.com';

  test('says to open a link while nobody has said who runs the installation', () => {
    const link = `${publicUrl}/sign-in/link/abc`;
    const lines = waysIn({ signInLink: link, publicUrl });
    expect(lines.map((line) => line.trim())).toContain(link);
    expect(lines.join(' ')).toContain('works once, within 60 minutes');
  });

  test('names the address afterwards', () => {
    expect(waysIn({ signInLink: undefined, publicUrl }).join(' ')).toMatch(
      /Sign in at\s+https:\/\/certloop\.example\.com/,
    );
  });
});
