import { isHeld } from '../audits/audit.ts';
import { type Actor, type Email, type Instant, own } from '../basics.ts';
import { todayIn } from '../calendar.ts';
import { decide, mustBeAllowed } from '../decide.ts';
import { whoseAct } from '../entries/telling.ts';
import { hasRole } from '../people/people.ts';
import { type Refusal, Refused } from '../refusal.ts';
import type { BodyDocument, Told } from '../registry/told.ts';
import { type CommandType, commands, type UserCommand } from '../registry.ts';
import type { Speak } from '../say.ts';
import type { ProgramState } from '../state.ts';
import { answeredBy } from '../tasks/answering.ts';
import type { Task } from '../tasks/task.ts';
import type { Known } from './asked.ts';
import { trialsOf } from './trials.ts';

/** A command that somebody can send now, and the part of its payload that follows from where they are. */
export interface Offer {
  command: CommandType;
  known: Known;
}

/** What a page is about. */
export type Subject =
  | 'program'
  | 'certificate'
  | { taskId: string }
  | { auditId: string }
  | { findingId: string }
  | { requirementId: string }
  | { systemId: string }
  /** One of the people. */
  | { email: Email }
  /** A file of evidence. */
  | { sha256: string };

/**
 * The commands that somebody can send now about something, in the order of their forms: none of them would be refused for
 * the sender's roles or for the state of the program, whatever may be wrong with what is written into the form. What a
 * command needs is not said twice: payloads that fit are decided, and nothing is kept of what comes of it.
 */
export function offersOn(state: ProgramState, subject: Subject, actor: Actor, now: Instant): Offer[] {
  const today = todayIn(state.calendar, now);
  return possible(state, subject).filter(({ command, known }) => {
    for (const entered of waysOf(state, command, actor)) {
      for (const trial of trialsOf(command, { state, today, known, ...(entered && { entered }) })) {
        // The payload was made for this command, which the union cannot see.
        const decision = decide(state, { type: command, ...trial } as UserCommand, actor, now, wordless);
        if (decision.ok) return true;
        if (isFinal(decision.refusal)) return false;
      }
    }
    return false;
  });
}

/** The commands that somebody can send now about a task: those that answer it first. */
export function offersOnTask(state: ProgramState, taskId: string, actor: Actor, now: Instant): Offer[] {
  return offersOn(state, { taskId }, actor, now);
}

/**
 * How somebody may send a command: for themselves (undefined), or as entered for one of the people of the certification body
 * whose act it can be (R30); none where their roles allow neither.
 */
export function waysOf(state: ProgramState, command: CommandType, actor: Actor): (Told | undefined)[] {
  if (mayEver(state, command, actor)) return [undefined];
  if (!hasRole(state, actor.email, 'programManager')) return [];
  return whoseAct(state, command).map((onBehalfOf) => ({ onBehalfOf, document: shown }));
}

/** A document as a trial names one. */
const shown: BodyDocument = { title: 'A document', links: ['https://example.com/document'] };

/** What a decision says is not read here. */
const wordless: Speak = () => 'A text.';

/** Whether somebody may send a command at all; what their roles do not allow needs no trial. */
function mayEver(state: ProgramState, command: CommandType, actor: Actor): boolean {
  try {
    mustBeAllowed(state, command, actor);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/** Whether no other payload can change it. */
function isFinal({ saying }: Refusal): boolean {
  return saying.say === 'programEnded' || saying.say === 'notBegun';
}

/** What can be sent about something at some time, by somebody. */
function possible(state: ProgramState, subject: Subject): Offer[] {
  if (subject === 'program') return programOffers(state);
  if (subject === 'certificate') return certificateOffers(state);
  if ('taskId' in subject) return taskOffers(own(state.tasks, subject.taskId));
  if ('systemId' in subject) return systemOffers(subject);
  if ('requirementId' in subject) return requirementOffers(subject);
  if ('email' in subject) return ofPerson.map((command) => ({ command, known: subject }));
  if ('sha256' in subject) return [{ command: 'eraseFile', known: subject }];
  if ('findingId' in subject) return ofFinding.map((command) => ({ command, known: subject }));
  return ofAudit.map((command) => ({ command, known: subject }));
}

const ofProgram: readonly CommandType[] = [
  'pause',
  'resume',
  'changePlan',
  'changeCalendar',
  'changeScope',
  'setPeople',
  'addPerson',
  'putInCharge',
  'delegate',
  'endDelegation',
  'putAiSystem',
  'reportIncident',
  'correctIncident',
  'reportComplaint',
  'correctComplaint',
  'reportSignificantChange',
  'holdManagementReview',
  'correctManagementReview',
  'rateRequirement',
  'completeGapAssessment',
  'setApplicability',
  'openTask',
  'planAudit',
  'recordEarlierAudit',
  'cancel',
];

const ofAudit: readonly CommandType[] = [
  'scheduleAudit',
  'raiseFinding',
  'recordOutcome',
  'callOffAudit',
  'reopenOutcome',
  'recordDecision',
  'restoreCertificate',
  'keepCertificate',
];

const ofFinding: readonly CommandType[] = [
  'planCorrectiveAction',
  'reviewCorrectiveActionPlan',
  'reportCorrectiveActionDone',
  'verifyFinding',
  'raiseToMajor',
  'correctFinding',
  'withdrawFinding',
];

const ofCertificate: readonly CommandType[] = [
  'suspendCertificate',
  'reinstateCertificate',
  'reduceScope',
  'transferCertificate',
  'withdrawCertificate',
  'correctCertificate',
];

const ofPerson: readonly CommandType[] = ['changePerson', 'delegate', 'endDelegation', 'removePerson'];

const ofTask: readonly CommandType[] = [
  'reviewEvidence',
  'acknowledgeTask',
  'declineTask',
  'takeBackEvidence',
  'reassignTask',
  'extendTask',
  'setDependencies',
  'waiveTask',
];

/** Whoever finds something entered for them can object to it. */
function programOffers({ entries = [] }: ProgramState): Offer[] {
  const objecting = entries
    .filter(({ objected }) => !objected)
    .map(({ id: entryId }): Offer => ({ command: 'objectToEntry', known: { entryId } }));
  return [...ofProgram.map((command): Offer => ({ command, known: {} })), ...objecting];
}

function taskOffers(task: Task | undefined): Offer[] {
  if (!task) return [];
  const answers: readonly CommandType[] = answeredBy[task.kind];
  return [...answers, ...ofTask].map((command) => ({ command, known: knownOf(task, command) }));
}

/** What a task says of a payload; it names more than one command takes. */
function knownOf({ id: taskId, auditId, findingId }: Task, command: CommandType): Known {
  const ids = { taskId, auditId, findingId };
  const taken = Object.keys(commands[command].payload.properties);
  return Object.fromEntries(
    Object.entries(ids).flatMap(([name, id]) => (id !== undefined && taken.includes(name) ? [[name, id]] : [])),
  );
}

/** Decisions rest on an audit that was held; the last first. */
function certificateOffers({ audits }: ProgramState): Offer[] {
  const held = Object.values(audits).filter(isHeld).reverse();
  const resting = (['recordDecision', 'restoreCertificate', 'keepCertificate'] as const).flatMap((command) =>
    held.map(({ id: auditId }): Offer => ({ command, known: { auditId } })),
  );
  return [...resting, ...ofCertificate.map((command) => ({ command, known: {} }))];
}

function systemOffers({ systemId }: { systemId: string }): Offer[] {
  return [
    { command: 'putAiSystem', known: { id: systemId } },
    { command: 'reportIncident', known: { systemId } },
    { command: 'reportComplaint', known: { systemId } },
    { command: 'openTask', known: { systemId } },
    { command: 'retireAiSystem', known: { systemId } },
  ];
}

function requirementOffers({ requirementId }: { requirementId: string }): Offer[] {
  return [
    { command: 'rateRequirement', known: { requirementId } },
    { command: 'setApplicability', known: { controlId: requirementId } },
    { command: 'openTask', known: { requirementId } },
  ];
}
