import type { Static } from 'typebox';
import { askForAssessment, askForEvidence, sendBack } from '../assessment/asks.ts';
import { ownerOf } from '../assessment/owner.ts';
import { type IsoDate, own } from '../basics.ts';
import { addWorkingDays } from '../calendar.ts';
import { inOneGo } from '../changing.ts';
import type { Draft } from '../draft.ts';
import { holders, manager } from '../people/people.ts';
import { wrong } from '../refusal.ts';
import type { severity } from '../registry/fields.ts';
import { bodyIsTold, touchedBy } from '../rules/change.ts';
import { type Saying, say } from '../say.ts';
import { slotOf } from '../standards/slots.ts';
import { ChangeAssessed } from './ChangeAssessed.ts';
import type { ChangeKind } from './change.ts';

/** Working days in which what a change touches is submitted again. */
const renewalDays = 20;
/** Working days in which the manager tells a body that has nobody in the program. */
const tellingDays = 5;

/** Something that changed in the system that a program certifies, or happened to it. */
export interface Change {
  change: ChangeKind;
  what: Saying;
  systemId?: string;
  severity?: Static<typeof severity>;
}

/** Records what a change touches, asks for all of that again, and has the body told where its profile says so. */
export function assess(draft: Draft, { change, what: saying, systemId, severity }: Change): void {
  const touched = touchedBy(draft.state, change, systemId);
  const told = bodyIsTold(draft.state, change, severity);
  const { evidence, systems, applicability } = touched;
  if (evidence.length + systems.length === 0 && !applicability && !told) return;
  const to = told ? holders(draft.state, 'leadAuditor') : [];
  const what = draft.words(saying);
  draft.emit(ChangeAssessed, { change, what, ...touched, to });
  const dueOn = addWorkingDays(draft.today, renewalDays, draft.state.calendar);
  inOneGo(() => {
    for (const id of systems) {
      sendBack(draft, { systemId: id }, what);
      askForAssessment(draft, id, dueOn, what);
    }
  });
  for (const requirementId of evidence) {
    sendBack(draft, { requirementId }, what);
    askForEvidence(draft, requirementId, 'renewal', dueOn, what);
  }
  if (applicability) reviewApplicability(draft, dueOn, what);
  if (told && to.length === 0) haveBodyTold(draft, what);
}

/** Refuses a system that the program does not have; that none is named is fine. */
export function mustBeSystem(draft: Draft, systemId: string | undefined): void {
  if (systemId === undefined || own(draft.state.aiSystems, systemId)) return;
  wrong('unknown', 'noSuchSystem', { systemId }, 'systemId');
}

function reviewApplicability(draft: Draft, dueOn: IsoDate, why: string): void {
  if (draft.openTasksOf('applicabilityReview', {}).length > 0) return;
  const requirementId = slotOf(draft.state, 'riskTreatment');
  draft.openTask(
    {
      kind: 'applicabilityReview',
      title: say('reviewApplicability', {}),
      assignee: ownerOf(draft, requirementId),
      dueOn,
      ...(requirementId ? { requirementId } : {}),
    },
    why,
  );
}

/** Nobody of the body takes part in the program: the manager tells it, and keeps what was told. */
function haveBodyTold(draft: Draft, what: string): void {
  const title = say('tellBody', { body: draft.state.body.name });
  const dueOn = addWorkingDays(draft.today, tellingDays, draft.state.calendar);
  draft.openTask({ kind: 'manual', title, assignee: manager(draft.state), dueOn, priority: 'high' }, what);
}
