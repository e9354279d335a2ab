import { own } from '../../domain/basics.ts';
import type { CertificateEvent } from '../../domain/notices.ts';
import type { RecordMap } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { decisionLabels, recommendationLabels } from '../labels.ts';
import { list } from '../phrases.ts';
import { atOnce, silent, type Telling, type WordsOfRecords } from './entry.ts';
import { withFiles } from './files.ts';
import { steerers, steerersAndBody, withRoles } from './recipients.ts';

/** How the records of decisions and certificates read, and who hears of them. */
export const certificateRecords = {
  DecisionRecorded: {
    line: ({ auditId, decision, basis, files }) =>
      `Decision on ${auditId}: ${decisionLabels[decision]}${withFiles(files)}. ${basis}`,
    tells: (state, { auditId, decision, basis }) => {
      const auditKind = own(state.audits, auditId)?.kind;
      const item = { kind: 'decision' as const, decision, basis, ...(auditKind ? { auditKind } : {}) };
      return [atOnce([...steerers(state), ...withRoles(state, 'leadAuditor')], item)];
    },
  },
  CertificateIssued: {
    line: ({ certificate: { number, lastDay } }) => `Certificate ${number} issued, valid through ${lastDay}`,
    tells: (state) => toBothSides(state, 'issued'),
  },
  CertificateCorrected: {
    line: ({ certificate, previous, reason }) =>
      `Certificate put right: ${dated(certificate)}, instead of ${dated(previous)}: ${reason}`,
    tells: (state, { reason }) => toBothSides(state, 'corrected', reason),
  },
  CertificateRenewed: {
    line: ({ certificate: { number, lastDay } }) => `Certificate ${number} renewed, valid through ${lastDay}`,
    tells: (state) => toBothSides(state, 'renewed'),
  },
  CertificateSuspended: {
    line: ({ reason, untilOn }) => `Certificate suspended, to be resolved by ${untilOn}: ${reason}`,
    tells: (state, { reason }) => toBothSides(state, 'suspended', reason),
  },
  CertificateReinstated: {
    line: ({ reason }) => `Certificate reinstated: ${reason}`,
    tells: (state, { reason }) => toBothSides(state, 'reinstated', reason),
  },
  CertificateScopeChanged: {
    line: ({ change, scope: { statement, exclusions }, reason }) =>
      `Certificate scope ${change} to "${statement}"${exclusions ? `, without "${exclusions}"` : ''}: ${reason}`,
    tells: (state, { change, reason }) =>
      toBothSides(state, change === 'reduced' ? 'scopeReduced' : 'scopeExtended', reason),
  },
  CertificateTransferred: {
    line: ({ from, to, on, reason, openFindings }) =>
      `Certificate transferred from ${from} to ${to.name} on ${on} with ${list(openFindings) || 'no nonconformity'} open: ${reason}`,
    tells: transferred,
  },
  RecommendationDeclined: {
    line: ({ auditId, recommends, reason }) =>
      `What ${auditId} recommended, to ${recommendationLabels[recommends]}, was not followed: ${reason}`,
    tells: (state, { reason }) => toBothSides(state, 'kept', reason),
  },
  CertificateWithdrawn: {
    line: ({ reason }) => `Certificate withdrawn: ${reason}`,
    tells: (state, { reason }) => toBothSides(state, 'withdrawn', reason),
  },
  WithdrawalTakenBack: {
    line: ({ untilOn, resolvedOn }) =>
      `The certificate was not to be withdrawn: its suspension, to be resolved by ${untilOn}, had ended by ${resolvedOn}, which was told later`,
    tells: (state) => toBothSides(state, 'notWithdrawn'),
  },
  WithdrawalStands: {
    line: ({ reason }) => `The withdrawal of the certificate is final: ${reason}`,
    tells: silent,
  },
  CertificateLapsed: {
    line: ({ lastDay }) => `Certificate lapsed after its last day, ${lastDay}`,
    tells: (state) => toBothSides(state, 'lapsed'),
  },
  LapseTakenBack: {
    line: ({ lastDay, decidedOn }) =>
      `The certificate had not lapsed after ${lastDay}: it was recertified on ${decidedOn}, which was told later`,
    tells: (state) => toBothSides(state, 'notLapsed'),
  },
  SuspensionTakenBack: {
    line: ({ findingId, verifiedOn }) =>
      verifiedOn
        ? `The suspension did not hold: ${findingId} had been verified on ${verifiedOn}, which was told later`
        : `The suspension did not hold: ${findingId} was not to be a major nonconformity`,
    tells: (state, { findingId, verifiedOn }) =>
      toBothSides(
        state,
        'notSuspended',
        verifiedOn ? `${findingId} had been verified in time.` : `${findingId} was not to be a major nonconformity.`,
      ),
  },
  RestorationReopened: {
    line: ({ decidedOn }) => `The certificate was restored in time, on ${decidedOn}, which was told later`,
    tells: silent,
  },
  RestorationEnded: {
    line: () => 'The certificate can no longer be restored',
    tells: silent,
  },
  CertificateRestored: {
    line: ({ certificate: { number, lastDay }, reason }) =>
      `Certificate ${number} restored, valid through ${lastDay}: ${reason}`,
    tells: (state, { reason }) => toBothSides(state, 'restored', reason),
  },
  CycleStarted: {
    line: ({ cycle }) => `Certification cycle ${cycle} began`,
    tells: silent,
  },
} satisfies Partial<WordsOfRecords>;

/** A certificate by what can be put right of it. */
function dated(one: RecordMap['CertificateCorrected']['previous']): string {
  const { number, decidedOn, lastDay, suspendedOn } = one;
  const suspended = suspendedOn ? `, suspended on ${suspendedOn}` : '';
  return `${number}, decided on ${decidedOn}, valid through ${lastDay}${suspended}`;
}

/** What happens to the certificate concerns both sides. */
function toBothSides(state: ProgramState, event: CertificateEvent, reason?: string): Telling[] {
  const { certificate } = state;
  if (!certificate) return [];
  const item = { kind: 'certificate' as const, event, certificate };
  return [atOnce(steerersAndBody(state), reason ? { ...item, reason } : item)];
}

/** Those who steer hear what to do now, the people of the former body that their roles ended. */
function transferred(state: ProgramState, data: RecordMap['CertificateTransferred']): Telling[] {
  const { from, to, on, reason, openFindings: findings, left } = data;
  const { certificate } = state;
  if (!certificate) return [];
  const item = { kind: 'transferred' as const, certificate, from, to: to.name, on, reason, findings };
  return [atOnce(steerers(state), { ...item, left: false }), atOnce(left, { ...item, left: true })];
}
