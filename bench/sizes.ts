/** How much is measured. Each number can be set by the variable named beside it, to try a part quickly. */
export const sizes = {
  /** Programs of `memory`, `reminders` and `restore`. */
  programs: count('BENCH_PROGRAMS', 1_000),
  /** Programs of `scale`. */
  scale: count('BENCH_SCALE', 2_000),
  /** Programs of `pages`, which are written and not run. */
  written: count('BENCH_WRITTEN', 2_000),
  /** Seconds after which no further program is prepared: the parts then go on with those there are, and say so. */
  prepareSeconds: count('BENCH_PREPARE_SECONDS', 400),
  /** Seconds for which `reminders` waits for all of them, and `restore` for the timer of each. */
  patienceSeconds: count('BENCH_PATIENCE_SECONDS', 300),
  /** Pairs of a command and a bare Update, one after the other, in `latency`. */
  pairs: count('BENCH_PAIRS', 200),
  /** Rounds of `latency` and `bulk` at concurrency 16, and how long each takes. */
  rounds: count('BENCH_ROUNDS', 4),
  roundSeconds: count('BENCH_ROUND_SECONDS', 4),
  /** Commands of the series in `history`. */
  commands: count('BENCH_COMMANDS', 100),
  /** Commands that each program of `workers` has had before: six events each. */
  commandsBefore: count('BENCH_COMMANDS_BEFORE', 58),
  /** Seconds for which `memory` watches processes that have nothing to do. */
  idleSeconds: count('BENCH_IDLE_SECONDS', 20),
};

/** Programs that act at the same time in `latency` and `bulk`. */
export const lanes = 16;

function count(variable: string, standard: number): number {
  const given = process.env[variable];
  if (!given) return standard;
  const number = Number(given);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`${variable} is ${given}: expected a whole number above 0.`);
}
