import { own } from '../../domain/basics.ts';
import type { RecordMap } from '../../domain/registry.ts';
import { requirementOutline } from '../../domain/standards/outline.ts';
import type { ProgramState } from '../../domain/state.ts';
import { because, list } from '../phrases.ts';
import { atOnce, later, silent, type Telling, type WordsOfRecords } from './entry.ts';
import { steerers, steerersAndBody } from './recipients.ts';

type Change = RecordMap['ChangeAssessed'];

/** How the records of AI systems and changes read, and who hears of them. */
export const changeRecords = {
  ScopeChanged: {
    line: ({ reason }) => `Scope changed: ${reason}`,
    tells: silent,
  },
  AiSystemPut: {
    line: ({ system, change }) => `AI system ${system.id} "${system.name}" ${change}`,
    tells: silent,
  },
  AiSystemRetired: {
    line: ({ systemId, reason }) => `AI system ${systemId} retired${because(reason)}`,
    tells: silent,
  },
  IncidentReported: {
    line: ({ id, severity, occurredOn, description }) =>
      `Incident ${id} of ${severity} severity on ${occurredOn}: ${description}`,
    tells: (state, { id, severity, description }) => [
      atOnce(steerers(state), { kind: 'incident', id, severity, description }),
    ],
  },
  ComplaintReceived: {
    line: ({ id, from, receivedOn, description }) =>
      `Complaint ${id} received from ${from} on ${receivedOn}: ${description}`,
    tells: (state, { id, from, description }) => [
      atOnce(steerers(state), { kind: 'complaint', id, from, description }),
    ],
  },
  IncidentCorrected: {
    line: ({ incidentId, occurredOn, description, reason }) => {
      const what = [occurredOn ? `it was on ${occurredOn}` : undefined, description ? `"${description}"` : undefined];
      return `Incident ${incidentId} put right: ${what.filter(Boolean).join('; ')}${because(reason)}`;
    },
    tells: silent,
  },
  ComplaintCorrected: {
    line: ({ complaintId, receivedOn, from, description, reason }) => {
      const what = [
        receivedOn ? `it came on ${receivedOn}` : undefined,
        from ? `it came from ${from}` : undefined,
        description ? `"${description}"` : undefined,
      ];
      return `Complaint ${complaintId} put right: ${what.filter(Boolean).join('; ')}${because(reason)}`;
    },
    tells: silent,
  },
  SignificantChangeReported: {
    line: ({ description }) => `Significant change: ${description}`,
    tells: (state, { description }) => [atOnce(steerersAndBody(state), { kind: 'significantChange', description })],
  },
  ChangeAssessed: {
    line: (change) => `${change.what} It affects ${affected(change)}${toBody(change)}`,
    tells: assessed,
  },
} satisfies Partial<WordsOfRecords>;

function affected({ evidence, systems, applicability }: Change): string {
  const parts = [
    ...(evidence.length > 0 ? [`the evidence of ${list(evidence)}`] : []),
    ...(systems.length > 0 ? [`the impact assessment of ${list(systems)}`] : []),
    ...(applicability ? ['the statement of applicability'] : []),
  ];
  return parts.join('; ') || 'nothing that was submitted';
}

function toBody({ to }: Change): string {
  return to.length > 0 ? `. The certification body was notified: ${list(to)}` : '';
}

/** The body hears of it at once; those who steer in their digest, unless they heard of the incident or complaint itself. */
function assessed(state: ProgramState, change: Change): Telling[] {
  const { change: kind, what, to } = change;
  const item = { kind: 'change' as const, change: kind, what, touched: named(state, change), bodyTold: to.length > 0 };
  const steering = kind === 'incident' || kind === 'complaint' ? [] : steerers(state);
  return [atOnce(to, item), later(steering, item)];
}

/** What a change affects, by its names. */
function named({ aiSystems, standard }: ProgramState, { evidence, systems, applicability }: Change): string[] {
  return [
    ...systems.map((id) => `Impact assessment of ${own(aiSystems, id)?.name ?? id}`),
    ...evidence.map((id) => `Evidence of ${id} ${requirementOutline(standard.id, id)?.title ?? ''}`.trim()),
    ...(applicability ? ['Statement of applicability'] : []),
  ];
}
