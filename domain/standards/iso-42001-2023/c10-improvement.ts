import type { Words } from '../types.ts';

/** Clause 10, improvement. */
export const improvement: Readonly<Record<string, Words>> = {
  '10.1': {
    ask: 'Show that the AI management system gets better over time, also where nothing had gone wrong: where ideas come from, which were taken up, and what they changed.',
    why: 'From the first surveillance on, an auditor compares the system with the year before and expects to find it moved.',
    usualEvidence: [
      'Improvement log with source, decision and result',
      'Before-and-after figures for an improvement',
      'Lessons from projects, research or other organizations that were adopted',
    ],
    usualOwner: 'AI management system manager',
  },
  '10.2': {
    ask: 'For each nonconformity show the whole way: what was corrected at once, how consequences were dealt with, the cause, the search for similar cases, the action against the cause, and the later check that it works.',
    why: 'An auditor accepts that things go wrong, but not that the same thing goes wrong twice because only the symptom was treated.',
    usualEvidence: [
      'Nonconformity log with status and dates',
      'Cause analysis and search for similar cases, in proportion to the effect',
      'Record of the effectiveness check, with reopened cases',
      'Documents changed as a consequence',
    ],
    usualOwner: 'AI management system manager',
  },
};
