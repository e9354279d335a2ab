import type { Certificate, NoticeItem, ProgramRecord, ProgramState } from '../types/index.ts';
import { bodyPeople, steerers, type Telling } from './index.ts';
import { atOnce, later } from './tasks.ts';

type CertificateEvent = Extract<NoticeItem, { kind: 'certificate' }>['event'];

/** Who hears of the program's life and of its certificate. */
export function programNotices(state: ProgramState, record: ProgramRecord): Telling[] {
  switch (record.type) {
    case 'ProgramBegan':
      return [later(steerers(state), program(state, 'started', 'The program begins with the gap assessment.'))];
    case 'PhaseStarted':
      return [later(steerers(state), program(state, 'phase', record.data.why))];
    case 'ProgramPaused':
      return [atOnce(steerers(state), program(state, 'paused', record.data.reason))];
    case 'ProgramResumed':
      return [atOnce(steerers(state), program(state, 'resumed', record.data.reason))];
    case 'ProgramCancelled':
      return [atOnce(steerers(state), program(state, 'cancelled', record.data.reason))];
    case 'ProgressReported': {
      const { month, to, readiness, open, overdue } = record.data;
      return [later(to, { kind: 'progress', month, readiness, open, overdue })];
    }
    case 'IncidentReported': {
      const { id, severity, description } = record.data;
      return [atOnce(steerers(state), { kind: 'incident', id, severity, description })];
    }
    case 'SignificantChangeReported': {
      const { description } = record.data;
      return [atOnce([...steerers(state), ...bodyPeople(state)], { kind: 'significantChange', description })];
    }
    case 'ComplaintReceived': {
      const { id, from, description } = record.data;
      return [atOnce(steerers(state), { kind: 'complaint', id, from, description })];
    }
    case 'CertificateIssued':
      return certificate(state, 'issued');
    case 'CertificateRenewed':
      return certificate(state, 'renewed');
    case 'CertificateSuspended':
      return certificate(state, 'suspended', record.data.reason);
    case 'CertificateReinstated':
      return certificate(state, 'reinstated', record.data.reason);
    case 'CertificateScopeChanged':
      return certificate(
        state,
        record.data.change === 'reduced' ? 'scopeReduced' : 'scopeExtended',
        record.data.reason,
      );
    case 'CertificateTransferred': {
      const { from, to, on, reason, openFindings: findings, left } = record.data;
      const said = { certificate: state.certificate as Certificate, from, to: to.name, on, reason, findings };
      return [
        atOnce(steerers(state), { kind: 'transferred', ...said, left: false }),
        atOnce(left, { kind: 'transferred', ...said, left: true }),
      ];
    }
    case 'CertificateWithdrawn':
      return certificate(state, 'withdrawn', record.data.reason);
    case 'CertificateLapsed':
      return certificate(state, 'lapsed');
    case 'CertificateRestored':
      return certificate(state, 'restored', record.data.reason);
    default:
      return [];
  }
}

function program(
  state: ProgramState,
  event: Extract<NoticeItem, { kind: 'program' }>['event'],
  text: string,
): NoticeItem {
  return { kind: 'program', event, phase: state.phase, text };
}

/** What becomes of the certificate concerns both sides. */
function certificate(state: ProgramState, event: CertificateEvent, reason?: string): Telling[] {
  const item: NoticeItem = {
    kind: 'certificate',
    event,
    certificate: state.certificate as Certificate,
    ...(reason ? { reason } : {}),
  };
  return [atOnce([...steerers(state), ...bodyPeople(state)], item)];
}
