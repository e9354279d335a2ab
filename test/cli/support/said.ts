import { vi } from 'vitest';

/** What a command said, and the status with which it would end. */
export interface Ran {
  status: number;
  stdout: string;
  stderr: string;
}

/** Carries out a command of the command line in this process, with an environment of its own. */
export async function said(work: () => Promise<void>, env: Record<string, string> = {}): Promise<Ran> {
  const lines: string[] = [];
  const console_ = vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(`${line}\n`));
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const error = await work().then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    return { status: error ? 1 : 0, stdout: lines.join(''), stderr: error?.message ?? '' };
  } finally {
    console_.mockRestore();
    vi.unstubAllEnvs();
  }
}
