import { requirementOutline } from '../standards/outline.ts';
import { planChanges } from '../telling.ts';
import type {
  AdoptedState,
  Certificate,
  NoticeItem,
  ProgramRecord,
  ProgramState,
  RecordMap,
  Task,
} from '../types/index.ts';
import { bodyPeople, steerers, type Telling } from './index.ts';
import { atOnce, later } from './tasks.ts';

type CertificateEvent = Extract<NoticeItem, { kind: 'certificate' }>['event'];

/** Who hears of the program's life and of its certificate. */
export function programNotices(state: ProgramState, record: ProgramRecord): Telling[] {
  switch (record.type) {
    case 'ProgramBegan':
      return [later(steerers(state), program(state, 'started', 'The program begins with the gap assessment.'))];
    case 'ProgramAdopted':
      return [later(steerers(state), program(state, 'adopted', adopted(record.data)))];
    case 'PhaseStarted':
      return [later(steerers(state), program(state, 'phase', record.data.why))];
    case 'PlanChanged':
      return planChanged(state, record.data);
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
    case 'ChangeAssessed': {
      const { change, what, to } = record.data;
      const item = {
        kind: 'change' as const,
        change,
        what,
        touched: touchedNames(state, record.data),
        bodyTold: to.length > 0,
      };
      const steering = change === 'incident' || change === 'complaint' ? [] : steerers(state);
      return [atOnce(to, item), later(steering, item)];
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

function adopted({ certificate }: AdoptedState): string {
  const known = certificate
    ? ` Certificate ${certificate.number} is ${certificate.status}, its last day ${certificate.lastDay}.`
    : '';
  return `From here on Certloop runs the program, from what is known of it.${known} What is missing is asked for.`;
}

/** Who steers hears of a new plan, and everybody whose due dates moved with it, each of their own. */
function planChanged(state: ProgramState, { plan, previous, reason, moved }: RecordMap['PlanChanged']): Telling[] {
  const changes = planChanges(previous, plan);
  const tasks = moved.tasks.map(({ taskId, dueOn }) => ({ ...(state.tasks[taskId] as Task), dueOn }));
  const told = new Set([...steerers(state), ...tasks.map(({ assignee }) => assignee)]);
  return [...told].map((email) => {
    const own = tasks.filter(({ assignee }) => assignee === email).map(({ title, dueOn }) => ({ title, dueOn }));
    return later([email], { kind: 'planChanged', reason, changes, moved: own });
  });
}

/** What a change touches, in the words of a mail. */
function touchedNames(
  state: ProgramState,
  { evidence, systems, applicability }: { evidence: string[]; systems: string[]; applicability: boolean },
): string[] {
  return [
    ...systems.map((id) => `Impact assessment of ${state.aiSystems[id]?.name ?? id}`),
    ...evidence.map((id) => `Evidence of ${id} ${requirementOutline(state.standard.id, id)?.title ?? ''}`.trim()),
    ...(applicability ? ['Statement of applicability'] : []),
  ];
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
