import { endOfDay, morningOf } from '../calendar.ts';
import type { Draft } from '../decide/draft.ts';
import { askAuditor, inReviewDays } from '../decide/findings.ts';
import { suspend } from '../decide/suspension.ts';
import { holders, reach } from '../people.ts';
import { isOpen } from '../rules/findings.ts';
import type { Finding, ProgramState } from '../types/index.ts';
import type { Due } from './moment.ts';

/**
 * R7: deadlines of nonconformities that pass; and the day on which the effectiveness of an action is checked. A pause
 * holds those of internal audits.
 */
export function findingMoments(state: ProgramState): Due[] {
  return Object.values(state.findings)
    .filter((finding) => state.status !== 'paused' || !isInternal(state, finding))
    .flatMap((finding) => [...(isOpen(finding) ? deadlines(state, finding) : []), ...effectiveness(state, finding)]);
}

function deadlines(state: ProgramState, finding: Finding): Due[] {
  const { id, planDueOn, verifyDueOn, missed } = finding;
  const open = [
    { deadline: 'plan' as const, dueOn: finding.status === 'open' ? planDueOn : undefined },
    { deadline: 'verification' as const, dueOn: finding.grade === 'major' ? verifyDueOn : undefined },
  ];
  return open.flatMap(({ deadline, dueOn }) => {
    if (!dueOn || missed.includes(deadline)) return [];
    const act = (draft: Draft) => {
      const to = whoHears(draft, finding);
      draft.emit({ type: 'DeadlineMissed', data: { findingId: id, deadline, dueOn, to } });
      // R18: a major that is not put right in time is a serious failure.
      if (deadline === 'verification' && !isInternal(state, finding)) {
        suspend(draft, `Major nonconformity ${id} was not verified until ${dueOn} (R7, R18).`);
      }
    };
    const title = `last day for the ${deadline} of ${finding.grade} ${id} (R7)`;
    return [{ at: endOfDay(dueOn, state.calendar.timeZone), kind: 'deadline', title, ref: id, act }];
  });
}

/** R7: a missed response goes to the sponsor, and is shown to the body when the finding is its own. */
function whoHears(draft: Draft, finding: Finding): string[] {
  const own = [...reach(draft.state, 'programManager'), ...reach(draft.state, 'sponsor')];
  return [...new Set([...own, ...(isInternal(draft.state, finding) ? [] : holders(draft.state, 'leadAuditor'))])];
}

function effectiveness(state: ProgramState, finding: Finding): Due[] {
  const on = finding.plan?.effectivenessOn;
  const asked = Object.values(state.tasks).some(
    (task) => task.kind === 'effectivenessCheck' && task.findingId === finding.id && !task.closedOn,
  );
  if (finding.status !== 'verified' || !on || asked) return [];
  const title = `Check whether the corrective action for ${finding.id} was effective`;
  const act = (draft: Draft) => askAuditor(draft, finding, 'effectivenessCheck', title, inReviewDays(draft));
  return [{ at: morningOf(on, state.calendar.timeZone), kind: 'effectiveness', title, ref: finding.id, act }];
}

function isInternal(state: ProgramState, finding: Finding): boolean {
  return state.audits[finding.auditId]?.kind === 'internal';
}
