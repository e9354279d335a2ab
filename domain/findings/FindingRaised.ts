import { counted } from '../changing.ts';
import { record } from '../registry/record.ts';
import { finding } from './finding.ts';

/** An audit found something, or a finding that is still open was taken over. */
export const FindingRaised = record('FindingRaised', {
  data: { finding },
  leavesTask: false,
  creates: ({ finding: raised }) => ({ findingId: raised.id }),
  apply: (state, { finding: raised }) => ({
    ...state,
    findings: { ...state.findings, [raised.id]: raised },
    counters: counted(state, raised.id),
  }),
});
