import { earliest } from '../calendar.ts';
import { hasRole, manager } from '../people.ts';
import { refuse } from '../rejection.ts';
import { suspensionEndsOn, unresolved } from '../rules/certificate.ts';
import type { Certificate, IsoDate, SuspensionGround } from '../types/index.ts';
import { certificateIn } from './certificate.ts';
import { mustSay } from './checks.ts';
import type { Draft } from './draft.ts';
import type { Deciders } from './handler.ts';

/** Commands that make a certificate invalid, for a while or for good. */
export const suspensionDeciders: Deciders<'suspendCertificate' | 'reinstateCertificate' | 'withdrawCertificate'> = {
  suspendCertificate(draft, { reason, ground }) {
    mustSay(reason, 'reason');
    certificateIn(draft, 'valid');
    const ofBody = hasRole(draft.state, draft.actor.email, 'leadAuditor', 'decisionMaker');
    if (!ofBody && ground && ground !== 'onRequest') {
      refuse('R18', `The organization has its certificate suspended on request; ${ground} is for the body to say.`);
    }
    suspend(draft, reason, ground ?? (ofBody ? 'failure' : 'onRequest'));
  },

  reinstateCertificate(draft, { reason }) {
    mustSay(reason, 'reason');
    certificateIn(draft, 'suspended');
    mustBeResolved(draft);
    endSuspension(draft, reason);
  },

  withdrawCertificate(draft, { reason }) {
    mustSay(reason, 'reason');
    certificateIn(draft, 'valid', 'suspended', 'lapsed');
    withdraw(draft, reason);
  },
};

/** R18: a suspended certificate is invalid until it is reinstated; it never lives longer for that. */
export function suspend(draft: Draft, reason: string, ground: SuspensionGround = 'failure'): void {
  const { certificate } = draft.state;
  if (certificate?.status !== 'valid') return;
  const untilOn = suspensionEndsOn(draft.today, draft.state.body.profile);
  draft.emit({ type: 'CertificateSuspended', data: { reason, untilOn, ground } });
  askToResolve(draft, untilOn, reason);
}

/** R18: whoever manages the program has until then to resolve what the certificate was suspended for. */
export function askToResolve(draft: Draft, untilOn: IsoDate, why: string): void {
  const { number, lastDay } = draft.state.certificate as Certificate;
  const dueOn = earliest(untilOn, lastDay);
  draft.openTask(
    {
      kind: 'suspension',
      title: `Resolve the suspension of certificate ${number} until ${dueOn}`,
      assignee: manager(draft.state),
      dueOn,
      priority: 'critical',
      bodyDeadline: true,
    },
    why,
  );
}

export function endSuspension(draft: Draft, reason: string): void {
  if (draft.state.certificate?.status !== 'suspended') return;
  draft.emit({ type: 'CertificateReinstated', data: { reason } });
  draft.complete('suspension', {}, 'The certificate was reinstated.');
}

export function mustNotBeOver({ state, today }: Draft): void {
  const { status, suspendedOn } = state.certificate ?? {};
  const until = status === 'suspended' && suspendedOn && suspensionEndsOn(suspendedOn, state.body.profile);
  if (until && today > until) refuse('R18', `The suspension was to be resolved until ${until}; it ends in withdrawal.`);
}

/** R18: a suspension ends in time, even before the clock has told of its end, when what it was for is resolved. */
export function mustBeResolved(draft: Draft): void {
  mustNotBeOver(draft);
  if (draft.state.certificate?.status !== 'suspended') return;
  const open = unresolved(Object.values(draft.state.findings), draft.state.audits).map((finding) => finding.id);
  if (open.length === 0) return;
  refuse(
    'R18',
    `The suspension is not resolved: major ${open.join(', ')} is past its time and not verified. Verify it first, or reduce the scope.`,
  );
}

export function withdraw(draft: Draft, reason: string): void {
  const status = draft.state.certificate?.status;
  if (status && status !== 'withdrawn') draft.emit({ type: 'CertificateWithdrawn', data: { reason } });
}
