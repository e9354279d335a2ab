import { counted } from '../changing.ts';
import { record } from '../registry/record.ts';
import { told } from '../registry/told.ts';
import { finding } from './finding.ts';

/** An audit found something, or a finding that is still open was taken over. */
export const FindingRaised = record('FindingRaised', {
  data: { finding, ...told },
  leavesTask: false,
  creates: ({ finding: raised }) => ({ findingId: raised.id }),
  apply: (state, { finding: raised }) => ({
    ...state,
    findings: { ...state.findings, [raised.id]: raised },
    counters: counted(state, raised.id),
  }),
});
