import { certificateLabels, phaseLabels } from '../labels.ts';
import { later, silent, type WordsOfRecords } from './entry.ts';
import { steerers } from './recipients.ts';

/** How the records of a takeover read, and who hears of them. */
export const adoptionRecords = {
  ProgramAdopted: {
    line: ({ phase, certificate }) => {
      const known = certificate
        ? `, with certificate ${certificate.number} (${certificateLabels[certificate.status]}, last day ${certificate.lastDay})`
        : '';
      return `Program taken over while under way, in its ${phaseLabels[phase]}${known}`;
    },
    tells: (state, { certificate }) => {
      const known = certificate
        ? ` Certificate ${certificate.number} is ${certificateLabels[certificate.status]}; its last day is ${certificate.lastDay}.`
        : '';
      const text = `Certloop runs the program from here on, starting from what is known about it.${known} Tasks ask for what is missing.`;
      return [later(steerers(state), { kind: 'program', event: 'adopted', phase: state.phase, text })];
    },
  },
  MissingAskedFor: {
    line: () => 'Missing information requested',
    tells: silent,
  },
} satisfies Partial<WordsOfRecords>;
