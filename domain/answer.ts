import type { Answer, ProgramRecord } from './types/index.ts';

/** The answer to a command, from its records: what was created, what was warned of. `now` counts when there are none. */
export function answerOf(commandId: string, records: ProgramRecord[], now = ''): Answer {
  const first = records[0];
  const last = records.at(-1);
  return {
    commandId,
    at: first?.at ?? now,
    firstSeq: first?.seq ?? 0,
    lastSeq: last?.seq ?? 0,
    ids: idsOf(records),
    warnings: warningsOf(records),
  };
}

/** What the records created, by kind of id; the first of each kind. */
export function idsOf(records: ProgramRecord[]): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const record of records) {
    const created = createdBy(record);
    if (created && !(created[0] in ids)) ids[created[0]] = created[1];
  }
  return ids;
}

export function warningsOf(records: ProgramRecord[]): string[] {
  return records.flatMap((record) =>
    record.type === 'WarningNoted' ? [`${record.data.code}: ${record.data.text}`] : [],
  );
}

function createdBy(record: ProgramRecord): [string, string] | undefined {
  switch (record.type) {
    case 'TaskOpened':
      return ['taskId', record.data.task.id];
    case 'AuditPlanned':
    case 'EarlierAuditRecorded':
      return ['auditId', record.data.audit.id];
    case 'FindingRaised':
      return ['findingId', record.data.finding.id];
    case 'ManagementReviewHeld':
      return ['reviewId', record.data.id];
    case 'IncidentReported':
      return ['incidentId', record.data.id];
    case 'ComplaintReceived':
      return ['complaintId', record.data.id];
    default:
      return undefined;
  }
}
