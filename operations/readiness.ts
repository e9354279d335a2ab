import { within } from './metrics.ts';

const patienceMs = 3_000;

/** One part that a process rests on. */
export interface Check {
  name: string;
  /** Gives `ok`, or in a word what is wrong; rejects when the part cannot be reached. */
  look(): Promise<string> | string;
  /** Whether the process can do nothing while this is wrong. What is wrong otherwise makes it `degraded`. */
  needed: boolean;
}

/** Whether a process is ready, and how each of its parts is. */
export interface Readiness {
  ready: boolean;
  body: { status: 'ok' | 'degraded' | 'unavailable'; [part: string]: string };
}

/** Looks at all parts at once; none is waited for longer than three seconds. */
export async function readinessOf(checks: readonly Check[]): Promise<Readiness> {
  const states = await Promise.all(checks.map(stateOf));
  const isWrong = (_: Check, index: number) => states[index] !== 'ok';
  const wrong = checks.filter(isWrong);
  const ready = !wrong.some(({ needed }) => needed);
  const status = wrong.length === 0 ? 'ok' : ready ? 'degraded' : 'unavailable';
  return { ready, body: { status, ...Object.fromEntries(checks.map(({ name }, index) => [name, states[index]!])) } };
}

async function stateOf({ look }: Check): Promise<string> {
  try {
    return await within(patienceMs, Promise.resolve(look()));
  } catch {
    return 'unavailable';
  }
}
