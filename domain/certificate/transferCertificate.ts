import { Type } from 'typebox';
import { AuditUnscheduled } from '../audits/AuditUnscheduled.ts';
import { isComing, isExternal } from '../audits/audit.ts';
import { askForSchedule } from '../audits/planning.ts';
import { isDecided } from '../audits/queries.ts';
import { planRecertificationStage1 } from '../audits/recertification.ts';
import { bodyRoles, type IsoDate } from '../basics.ts';
import { addWorkingDays } from '../calendar.ts';
import { mustNotBeAhead, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { isUnverified } from '../findings/finding.ts';
import { isOfBodyFinding } from '../findings/queries.ts';
import { handOverTasks } from '../people/handover.ts';
import { PeopleChanged } from '../people/PeopleChanged.ts';
import { isOfBody, manager } from '../people/people.ts';
import { endDelegations } from '../people/peopleChange.ts';
import { defineProfile } from '../program/define.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, email, name, reason, strict } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { steering } from '../registry/roles.ts';
import { isTransferable, lastActOfBody, unfinishedAudits } from '../rules/transfer.ts';
import { type Saying, say } from '../say.ts';
import { bodyProfile, bodyRules } from './bodyProfile.ts';
import type { Certificate } from './certificate.ts';
import { actedOn, changeCertificate } from './changing.ts';

/** Working days in which the people of the new body are named, and dates agreed with it. */
const settlingDays = 10;

/** R20: the transfer of the certificate to another certification body. Source: IAF MD 2. */
export const transferCertificate = command('transferCertificate', {
  summary: 'Record its transfer to another certification body (R20)',
  payload: {
    to: Type.Object({ name, rules: Type.Optional(bodyRules) }, strict),
    on: date,
    reason,
    certificateNumber: Type.Optional(name),
  },
  roles: steering,
  address: { does: 'act', path: '/certificate/transfer', gives: 'certificate' },
  example: {
    at: 'certified',
    by: 'programManager',
    payload: {
      to: { name: 'Northern Certification' },
      on: '2030-07-01',
      reason: 'Northern Certification audits our other management systems.',
      certificateNumber: 'NC-4711',
    },
  },
  decide(draft, { to, on, reason: why, certificateNumber }) {
    mustSay(to.name, 'to.name');
    mustSay(why, 'reason');
    const certificate = mustBeTransferable(draft, on);
    const { name: from } = draft.state.body;
    if (to.name.trim() === from) wrong('R20', 'hasTheCertificate', { body: from }, 'to.name');
    const profile = defineProfile(to.rules ?? {}, 'to.rules');
    mustBeFinished(draft);
    const open = Object.values(draft.state.findings).filter(
      (finding) => isUnverified(finding) && isOfBodyFinding(draft.state, finding),
    );
    const left = draft.state.people.filter(isOfBody).map((person) => person.email);
    draft.emit(CertificateTransferred, {
      from,
      to: { name: to.name, profile },
      on,
      reason: why,
      openFindings: open.map(({ id }) => id),
      left,
      ...(certificateNumber && certificateNumber !== certificate.number ? { certificateNumber } : {}),
    });
    const majors = open.filter(({ grade }) => grade === 'major').map(({ id }) => id);
    if (majors.length > 0) draft.warn('R20', 'newBodyVerifiesMajors', { findings: majors, body: to.name });
    endRoles(draft, say('transferredToBody', { from, to: to.name }));
    scheduleAgain(draft, say('datesAgreedWithNewBody', { body: to.name }));
    planRecertificationStage1(draft, say('newBodyBeginsWithStage1', { body: to.name }));
    draft.openTask(
      {
        kind: 'manual',
        title: say('nameNewBodysPeople', { body: to.name }),
        assignee: manager(draft.state),
        dueOn: addWorkingDays(draft.today, settlingDays, draft.state.calendar),
        priority: 'high',
      },
      say('formerBodyLeft', {}),
    );
  },
});

/** R20: another body has the certificate: its profile holds from now, `openFindings` go along, `left` lose their roles. */
export const CertificateTransferred = record('CertificateTransferred', {
  data: {
    from: Type.String(),
    to: Type.Object({ name: Type.String(), profile: bodyProfile }),
    on: date,
    reason: Type.String(),
    openFindings: Type.Array(Type.String()),
    left: Type.Array(email),
    certificateNumber: Type.Optional(Type.String()),
  },
  leavesTask: false,
  apply: (state, { to, on, certificateNumber: number }) => ({
    ...actedOn(number ? changeCertificate(state, (one) => ({ ...one, number })) : state, on),
    body: to,
  }),
});

function mustBeTransferable(draft: Draft, on: IsoDate): Certificate {
  mustNotBeAhead(draft, on, 'on');
  const { certificate } = draft.state;
  if (!certificate) refuse('R20', 'nothingToTransfer', {});
  const { status, lastDay, decidedOn } = certificate;
  if (!isTransferable(certificate, draft.today)) refuse('R20', 'onlyValidIsTransferred', { status, lastDay });
  if (on < decidedOn) wrong('dates', 'transferredBeforeDecision', { on, decidedOn }, 'on');
  const lastAct = lastActOfBody(draft.state);
  if (lastAct && on < lastAct) wrong('R20', 'transferredBeforeLastAct', { on, lastAct }, 'on');
  return certificate;
}

function mustBeFinished(draft: Draft): void {
  const { begun, undecided } = unfinishedAudits(draft.state, draft.today, (audit) => isDecided(draft.state, audit));
  const [audit] = begun;
  if (audit) refuse('R20', 'auditBegunBeforeTransfer', { kind: audit.kind, auditId: audit.id });
  const [held] = undecided;
  if (held) refuse('R20', 'decisionOpenBeforeTransfer', { kind: held.kind, auditId: held.id });
}

/** The people of the old body keep what other roles they have; what was asked of them goes to the manager until then. */
function endRoles(draft: Draft, reason: Saying): void {
  const people = draft.state.people
    .map((one) => ({ ...one, roles: one.roles.filter((role) => !bodyRoles.includes(role)) }))
    .filter(({ roles }) => roles.length > 0);
  const before = { people: draft.state.people };
  draft.emit(PeopleChanged, { people, reason: draft.words(reason) });
  endDelegations(draft);
  handOverTasks(draft, before);
}

/** Audits keep what the cycle asks of them; days and team that were agreed with the old body do not hold. */
function scheduleAgain(draft: Draft, reason: Saying): void {
  const dueOn = addWorkingDays(draft.today, settlingDays, draft.state.calendar);
  for (const { id: auditId, kind, status } of Object.values(draft.state.audits)) {
    if (!isExternal(kind)) continue;
    const isAsked = draft.openTasksOf('auditSchedule', { auditId }).length > 0;
    if (status !== 'scheduled' && (status !== 'planned' || !isAsked)) continue;
    draft.cancelTasks({ auditId }, reason, 'auditSchedule');
    draft.cancelTasks({ auditId }, reason, 'auditOutcome');
    if (status === 'scheduled') draft.emit(AuditUnscheduled, { auditId, reason: draft.words(reason) });
    const audit = draft.audit(auditId);
    if (isComing(audit)) askForSchedule(draft, audit, dueOn, reason);
  }
}
