import type { Secrets } from '../db/secrets.ts';
import type { Email, Instant } from '../domain/basics.ts';
import { addDays, dateAt } from '../domain/calendar.ts';
import { createTaskLinks, type TaskLinks } from './taskLinks.ts';
import { createUnsubscribeLinks } from './unsubscribeLinks.ts';

/** Days after a mail was due for which its links answer; by then reminders and escalations have brought newer ones. */
const answerableDays = 120;

/** The mail in which a link stands. */
interface Addressed {
  to: Email;
  programId: string;
  dueAt: Instant;
}

/** Where the links of mails lead, as `words/mail/` asks for them. */
export type MailPages = ReturnType<typeof plainPages>;

/**
 * The pages that anybody may be shown the address of: they ask whoever opens them to sign in. So are the links of a mail
 * that is read by somebody else than its recipient.
 *
 * @param publicUrl where people reach the installation, such as `https://certloop.example.com`
 */
export function plainPages(publicUrl: string) {
  const base = publicUrl.replace(/\/+$/, '');
  const program = (programId: string) => `${base}/programs/${encodeURIComponent(programId)}`;
  return {
    personal: false,
    task: ({ programId }: Addressed, taskId: string) => `${program(programId)}/tasks/${encodeURIComponent(taskId)}`,
    program,
    audit: (programId: string, auditId: string) => `${program(programId)}/audits/${encodeURIComponent(auditId)}`,
    finding: (programId: string, findingId: string) =>
      `${program(programId)}/findings/${encodeURIComponent(findingId)}`,
    certificate: (programId: string) => `${program(programId)}/certificate`,
    record: (programId: string, seq: number) => `${program(programId)}/records/${seq}`,
    inbox: () => `${base}/inbox`,
    settings: () => `${base}/settings`,
    unsubscribe: (_to: Email) => `${base}/settings`,
  };
}

/** The pages of a mail that goes to its recipient: what it asks can be answered there without signing in. */
export async function personalPages(publicUrl: string, secrets: Secrets): Promise<MailPages> {
  const tasks = createTaskLinks(await secrets.get('taskLinks'));
  const unsubscribing = createUnsubscribeLinks(await secrets.get('unsubscribeLinks'));
  const plain = plainPages(publicUrl);
  const base = publicUrl.replace(/\/+$/, '');
  return {
    ...plain,
    personal: true,
    task: (mail, taskId) => `${base}/answer/${taskToken(tasks, mail, taskId)}`,
    unsubscribe: (to) => `${base}/unsubscribe/${unsubscribing.issue(to)}`,
  };
}

/** The same mail has the same link whenever it is written, so that a mail that is sent twice is the same. */
function taskToken(tasks: TaskLinks, { to, programId, dueAt }: Addressed, taskId: string): string {
  const expiresOn = addDays(dateAt(dueAt, 'utc'), answerableDays);
  return tasks.issue({ programId, taskId, email: to, expiresOn });
}
