import type { Mail } from '../../db/types.ts';
import type { NoticeItem, TaskInMail } from '../../domain/notices.ts';

/** A task as a mail carries it. */
export function aTaskInMail(overrides: Partial<TaskInMail> = {}): TaskInMail {
  return {
    id: 'T-12',
    kind: 'evidence',
    title: 'AI system impact assessment process',
    requirementId: 'A.5.2',
    priority: 'high',
    dueOn: '2031-03-04',
    status: 'open',
    ...overrides,
  };
}

/** A mail in the outbox: a digest of 08:00 in New York on Monday, March 3, 2031, unless told otherwise. */
export function aMail(number: number, overrides: Partial<Mail> & { notices?: NoticeItem[] } = {}): Mail {
  const { notices = [{ kind: 'taskReminder', task: aTaskInMail(), dueIn: 1 }], ...fields } = overrides;
  return {
    id: `mail-${number}`,
    programId: 'techserve',
    programName: 'TechServe AIMS',
    organization: 'TechServe Solutions',
    timeZone: 'America/New_York',
    standardId: 'iso-42001-2023',
    zone: 'America/New_York',
    to: 'dana@example.org',
    kind: 'digest',
    dueAt: '2031-03-03T13:00:00.000Z',
    status: 'queued',
    attempts: 0,
    tries: 0,
    messageId: `<mail-${number}@certloop>`,
    items: notices.map((item, index) => ({ seq: index + 1, item })),
    ...fields,
  };
}
