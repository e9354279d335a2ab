import type { AuditKind, DecisionKind } from '../../../domain/audits/audit.ts';
import { auditsOf } from '../../../domain/audits/queries.ts';
import type { Email, IsoDate } from '../../../domain/basics.ts';
import type { PartElsewhere } from '../../../domain/people/elsewhere.ts';
import type { UserCommand } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { type AuditRun, audit, correct, decide, review, verify } from '../../workflows/support/paths.ts';
import { decisionMaker, leadAuditor, manager, owner } from '../../workflows/support/people.ts';
import type { Act, Said, Step } from './scenario.ts';
import { audits, who } from './words.ts';

/** A day with what is done on it; without acts, it comes and goes. */
export const on = (day: IsoDate, ...acts: Act[]): Step => ({ on: day, acts });

/** Somebody sends a command. */
export const does = (person: Email, words: string, said: Said): Act => ({
  says: `${who(person)} ${words}`,
  does: (play) => play.send(person, said),
});

/** An administrator of the installation, who has no part in the program, sends a command. */
export const administers = (words: string, said: UserCommand): Act => ({
  says: `an administrator ${words}`,
  does: ({ program }) => program.administer(said),
});

/** Somebody sends a command that names people who have a part in another program of the organization. */
export const knowing = (person: Email, words: string, said: UserCommand, elsewhere: PartElsewhere[]): Act => ({
  says: `${who(person)} ${words}`,
  does: ({ program }) => program.sendKnowing(person, said, elsewhere),
});

/** Somebody sends a command that has to be refused; `refused` says by what. */
export const tries = (person: Email, words: string, said: Said): Act => ({
  says: `${who(person)} tries to ${words}`,
  does: (play) => play.tries(person, said),
});

/** The coming audit of a kind is held on this day, from its dates to its outcome. */
export const holds = (kind: AuditKind, run: Omit<AuditRun, 'on'> = {}): Act => ({
  says: [
    `${audits[kind]} is held`,
    ...(run.beside ?? []).map((email) => `${who(email)} on its team`),
    ...(run.findings ?? []).map(({ grade, requirementId }) => `raises a ${grade} on ${requirementId}`),
    ...(run.result ? [`ends ${run.result}`] : []),
    ...(run.covered ? [`having covered ${run.covered.join(', ') || 'nothing'}`] : []),
  ].join(', '),
  does: async ({ program }) => audit(program, kind, { ...run, on: await program.today() }),
});

/** The body decides on the last audit of a kind. */
export const decides = (decision: DecisionKind, kind: AuditKind = 'stage2'): Act => ({
  says: `the body decides on ${audits[kind]}: ${decision}`,
  does: async ({ program }) => decide(program, lastOf(await program.state(), kind), decision),
});

/** A decision that has to be refused. */
export const triesToDecide = (decision: DecisionKind, kind: AuditKind = 'stage2'): Act =>
  tries(decisionMaker, `decide on ${audits[kind]}: ${decision}`, (state) => ({
    type: 'recordDecision',
    auditId: lastOf(state, kind),
    decision,
    certificateNumber: 'C-1',
    basis: 'The report of the audit',
  }));

/** The plan is submitted and accepted, and the action reported done. */
export const corrects = (findingId: string): Act => ({
  says: `${findingId} gets a plan, which is accepted, and its action is reported done`,
  does: ({ program }) => correct(program, findingId),
});

export const verifies = (findingId: string): Act => ({
  says: `the lead auditor verifies ${findingId}`,
  does: ({ program }) => verify(program, findingId),
});

export const reviews: Act = {
  says: 'a management review is held',
  does: ({ program }) => review(program),
};

/** Dates that somebody of the body tries to agree, and cannot. */
export const triesToSchedule = (kind: AuditKind, day: IsoDate): Act =>
  tries(leadAuditor, `schedule ${audits[kind]} for ${day}`, (state) => {
    const coming = auditsOf(state, kind).find(({ status }) => status !== 'held');
    const auditId = coming?.id ?? lastOf(state, kind);
    return { type: 'scheduleAudit', auditId, startsOn: day, endsOn: day, team: [leadAuditor] };
  });

/** Somebody of the assessors asks for a piece of work. */
export const opens = (title: string, assignee: Email, dueOn: IsoDate, before?: string): Act =>
  does(
    manager,
    `asks ${who(assignee)} to "${title}" until ${dueOn}${before ? `, after "${before}"` : ''}`,
    (state) => ({
      type: 'openTask',
      title,
      assignee,
      dueOn,
      ...(before ? { dependsOn: [taskId(state, before)] } : {}),
    }),
  );

/** The owner submits what was asked for by a title or for a requirement, and the program manager accepts it. */
export const delivers = (what: string, validUntil?: IsoDate): Act => ({
  says: `the owner submits "${what}"${validUntil ? `, valid until ${validUntil}` : ''}, and the program manager accepts it`,
  does: async (play) => {
    const evidence = { links: [], note: 'Done', ...(validUntil ? { validUntil } : {}) };
    await play.send(owner, (state) => ({ type: 'submitEvidence', taskId: taskId(state, what), ...evidence }));
    await play.send(manager, (state) => ({
      type: 'reviewEvidence',
      taskId: taskId(state, what),
      verdict: 'accept',
      note: '',
    }));
  },
});

/** The latest task with a title, or for a requirement. */
export function taskCalled({ tasks }: ProgramState, what: string): Task | undefined {
  return Object.values(tasks)
    .filter(({ title, requirementId }) => title === what || requirementId === what)
    .at(-1);
}

export function taskId(state: ProgramState, what: string): string {
  const task = taskCalled(state, what);
  if (!task) throw new Error(`There is no task "${what}".`);
  return task.id;
}

/** The last audit of a kind that was held. */
export function lastOf(state: ProgramState, kind: AuditKind): string {
  const held = auditsOf(state, kind).filter(({ status }) => status === 'held');
  const last = held.at(-1);
  if (!last) throw new Error(`Nothing of ${audits[kind]} was held.`);
  return last.id;
}
