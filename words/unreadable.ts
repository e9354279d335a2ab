/** Why a program cannot be read: its rows in the read tables, its chain of records, or a state that this version cannot make of them. */
export type UnreadableBy = 'rows' | 'chain' | 'state';

/** What operators are told about a program that cannot be read; the runbook has the same, in full. */
export interface UnreadableWords {
  /** What is wrong, in a sentence or two. */
  what: string;
  /** What to do, step by step; what is to be run stands in `run`. */
  steps: readonly { text: string; run?: string }[];
}

/** The heading of the runbook's page. */
export const unreadablePage = 'A program cannot be read';

/**
 * What is wrong with a program that cannot be read, and what brings it back.
 *
 * @param reason how its chain breaks, where it is the chain
 */
export function unreadableWords(by: UnreadableBy, programId: string, reason = ''): UnreadableWords {
  return words[by](programId, reason);
}

/** The same in one text, as the API says it. */
export function unreadableText(by: UnreadableBy, programId: string, reason = ''): string {
  const { what, steps } = unreadableWords(by, programId, reason);
  const todo = steps.map(({ text, run }) => (run ? `${text.replace(/[.:]$/, '')}: "${run}".` : text)).join(' ');
  return `The program ${programId} cannot be read. ${what} ${todo} See "${unreadablePage}" in docs/runbook.md.`;
}

const words: Record<UnreadableBy, (programId: string, reason: string) => UnreadableWords> = {
  rows: (programId) => ({
    what: 'Its rows in the database are damaged. Its records are whole, so nothing is lost.',
    steps: [
      { text: 'Write its rows anew from its records:', run: `certloop rebuild ${programId}` },
      { text: 'Then check it:', run: `certloop verify ${programId}` },
    ],
  }),
  chain: (programId, reason) => ({
    what: `Its records are not as they were written: ${reason}.`,
    steps: [
      { text: 'See where its chain breaks:', run: `certloop verify ${programId}` },
      { text: 'Keep the database as it is, as evidence, and find out who had access.' },
      { text: 'Then bring back the newest backup in which its chain is whole.' },
    ],
  }),
  state: (programId) => ({
    what: 'Its records are whole, but this version cannot make a state of them: a later version may have written some.',
    steps: [
      { text: 'Start the version that wrote the newest of them, or a later one.' },
      {
        text: 'When that does not help, it is a defect: keep the log, report it, and check its records:',
        run: `certloop verify ${programId}`,
      },
    ],
  }),
};
