import { auditName } from '../auditNames.ts';
import { addWorkingDays } from '../calendar.ts';
import { defineProfile } from '../definition.ts';
import { holders, isOfBody, manager, person } from '../people.ts';
import { isDecided } from '../progress.ts';
import { refuse, wrong } from '../rejection.ts';
import { isExternal, isOpen } from '../rules/findings.ts';
import { isTransferable, unfinishedAudits } from '../rules/transfer.ts';
import { bodyRoles, type Certificate, type IsoDate, type ProgramState, type Task } from '../types/index.ts';
import { askForSchedule } from './audits.ts';
import { mustNotBeAhead, mustSay } from './checks.ts';
import type { Draft } from './draft.ts';
import type { Deciders } from './handler.ts';
import { handToManager } from './handover.ts';
import { planRecertificationStage1 } from './recertification.ts';

/** Working days in which the people of the new body are named, and dates agreed with it. */
const settlingDays = 10;

/** R20: the transfer of the certificate to another certification body. Source: IAF MD 2. */
export const transferDeciders: Deciders<'transferCertificate'> = {
  transferCertificate(draft, { to, on, reason, certificateNumber }) {
    mustSay(to.name, 'to.name');
    mustSay(reason, 'reason');
    const certificate = mustBeTransferable(draft, on);
    const { name: from } = draft.state.body;
    if (to.name.trim() === from) wrong('R20', `to.name: ${from} has the certificate already.`);
    const profile = defineProfile(to.rules ?? {}, 'to.rules');
    mustBeFinished(draft);
    const open = Object.values(draft.state.findings).filter(
      (finding) => isOpen(finding) && draft.state.audits[finding.auditId]?.kind !== 'internal',
    );
    const left = draft.state.people.filter(isOfBody).map(({ email }) => email);
    const openFindings = open.map(({ id }) => id);
    draft.emit({
      type: 'CertificateTransferred',
      data: {
        from,
        to: { name: to.name, profile },
        on,
        reason,
        openFindings,
        left,
        ...(certificateNumber && certificateNumber !== certificate.number ? { certificateNumber } : {}),
      },
    });
    const majors = open.filter(({ grade }) => grade === 'major').map(({ id }) => id);
    if (majors.length > 0) {
      const text = `Major ${majors.join(', ')} is open: ${to.name} verifies it before it issues its certificate.`;
      draft.emit({ type: 'WarningNoted', data: { code: 'R20', text } });
    }
    letGo(draft, left, `The certificate was transferred from ${from} to ${to.name}.`);
    scheduleAnew(draft, `The certificate was transferred to ${to.name}: dates are agreed with it.`);
    planRecertificationStage1(draft, `${to.name} begins a recertification with a Stage 1 (R15).`);
    draft.openTask(
      {
        kind: 'manual',
        title: `Name the people of ${to.name} among those of the program: lead auditor, auditors, decision maker`,
        assignee: manager(draft.state),
        dueOn: addWorkingDays(draft.today, settlingDays, draft.state.calendar),
        priority: 'high',
      },
      'The people of the body before it have no roles here any more.',
    );
  },
};

/** Hands to a lead auditor, or to who decides, what waits for the body with somebody who is not of it, as after a transfer. */
export function handToBody(draft: Draft): void {
  for (const kind of ['planReview', 'verification', 'effectivenessCheck', 'decision'] as const) {
    const [to] = holders(draft.state, kind === 'decision' ? 'decisionMaker' : 'leadAuditor');
    for (const task of draft.openTasksOf(kind, {})) {
      const assignee = person(draft.state, task.assignee);
      if (!to || !isForBody(draft.state, task) || (assignee && isOfBody(assignee))) continue;
      const reason = 'It is for the certification body to do.';
      draft.emit({ type: 'TaskReassigned', data: { taskId: task.id, from: task.assignee, to, reason } });
    }
  }
}

/** Whether a decision or a judgment on a finding is the body's to give. */
function isForBody({ audits, findings }: ProgramState, { auditId, findingId }: Task): boolean {
  const audit = audits[auditId ?? findings[findingId ?? '']?.auditId ?? ''];
  return audit !== undefined && isExternal(audit.kind);
}

function mustBeTransferable(draft: Draft, on: IsoDate): Certificate {
  mustNotBeAhead(draft, on, 'on');
  const { certificate } = draft.state;
  if (!certificate) refuse('R20', 'There is no certificate yet; another body is chosen without a transfer.');
  if (!isTransferable(certificate, draft.today)) {
    const status = certificate.status === 'valid' ? `valid through ${certificate.lastDay} only` : certificate.status;
    refuse('R20', `The certificate is ${status}; only a valid one is transferred.`);
  }
  if (on < certificate.decidedOn)
    wrong('dates', `on: ${on} is before the certificate was decided on, ${certificate.decidedOn}.`);
  return certificate;
}

function mustBeFinished(draft: Draft): void {
  const { begun, undecided } = unfinishedAudits(draft.state, draft.today, (audit) => isDecided(draft.state, audit));
  const [audit] = begun;
  if (audit)
    refuse('R20', `The ${auditName(audit.kind)} ${audit.id} has begun; its outcome is recorded before a transfer.`);
  const [held] = undecided;
  if (held)
    refuse('R20', `The decision on the ${auditName(held.kind)} ${held.id} is open; it is taken before a transfer.`);
}

/** The people of the old body keep what other roles they have; what was asked of them goes to the manager until then. */
function letGo(draft: Draft, left: string[], reason: string): void {
  const people = draft.state.people
    .map((one) => ({ ...one, roles: one.roles.filter((role) => !bodyRoles.includes(role)) }))
    .filter(({ roles }) => roles.length > 0);
  const before = { people: draft.state.people };
  draft.emit({ type: 'PeopleChanged', data: { people, reason } });
  handToManager(draft, left, before);
}

/** Audits keep what the cycle asks of them; days and team that were agreed with the old body do not hold. */
function scheduleAnew(draft: Draft, reason: string): void {
  const dueOn = addWorkingDays(draft.today, settlingDays, draft.state.calendar);
  for (const audit of Object.values(draft.state.audits).filter(({ kind }) => isExternal(kind))) {
    const asked = draft.openTasksOf('auditSchedule', { auditId: audit.id });
    if (audit.status !== 'scheduled' && (audit.status !== 'planned' || asked.length === 0)) continue;
    for (const task of [...asked, ...draft.openTasksOf('auditOutcome', { auditId: audit.id })]) {
      draft.emit({ type: 'TaskCancelled', data: { taskId: task.id, reason } });
    }
    if (audit.status === 'scheduled') draft.emit({ type: 'AuditUnscheduled', data: { auditId: audit.id, reason } });
    askForSchedule(draft, draft.audit(audit.id), dueOn, reason);
  }
}
