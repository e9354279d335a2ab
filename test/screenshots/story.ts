import { today } from '../../api/clock.ts';
import { addDays } from '../../domain/calendar.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { createTaskLinks } from '../../identity/taskLinks.ts';
import type { TestInstallation } from '../browser/support/installation.ts';
import { playTechServe } from '../browser/support/techServe.ts';

/** TechServe's programs, each left where its pages have something to show. */
export interface Told {
  /** In its sixth month: much is done, some is overdue, some waits for review. */
  implementing: { id: string; open: string; submitted: string; answer: string; mail: string };
  /** In the second year of its certificate. */
  certified: { id: string };
}

/** Plays both programs, one after the other. */
export async function tell(installation: TestInstallation, say: (line: string) => void): Promise<Told> {
  const implementing = await playTechServe(installation, 152, say);
  const certified = await playTechServe(installation, 640, say);
  const page = ({ id }: Task) => `/programs/${implementing.id}/tasks/${id}`;
  const open = await implementing.tasks('open');
  const asked = open.find(({ kind }) => kind === 'evidence') ?? open[0]!;
  const [submitted = asked] = await implementing.tasks('submitted');
  return {
    implementing: {
      id: implementing.id,
      open: page(asked),
      submitted: page(submitted),
      mail: `/programs/${implementing.id}/mails/${await newestMail(installation, implementing.id)}`,
      answer: await answerPage(installation, implementing.id, asked),
    },
    certified: { id: certified.id },
  };
}

async function newestMail({ withDatabase }: TestInstallation, programId: string): Promise<string> {
  const all = await withDatabase(({ outbox }) => outbox.list(programId, '2999-01-01T00:00:00.000Z', { limit: 1 }));
  return encodeURIComponent(all.items[0]!.id);
}

/** What the button of a mail leads to. */
export async function answerPage(
  { withDatabase }: TestInstallation,
  programId: string,
  { id: taskId, assignee: email }: Task,
): Promise<string> {
  const links = createTaskLinks(await withDatabase(({ secrets }) => secrets.get('taskLinks')));
  return `/answer/${links.issue({ programId, taskId, email, expiresOn: addDays(today(), 3650) })}`;
}
