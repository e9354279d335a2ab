import { atMachine } from '../../../db/installation.ts';
import type { Email, IsoDate } from '../../../domain/basics.ts';
import { addDays, dateAt } from '../../../domain/calendar.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { Caller } from '../../../examples/techserve/caller.ts';
import { rehearse } from '../../../examples/techserve/rehearse.ts';
import { personalPages } from '../../../identity/mailPages.ts';
import { renderMail } from '../../../words/mail/render.ts';
import type { TestInstallation } from './installation.ts';

/** TechServe's program in an installation, left in the middle of its story. */
export interface PlayedProgram {
  id: string;
  /** The date of its clock. */
  today(): Promise<IsoDate>;
  /** Its API, as one of its people. */
  as(person: Email): Promise<Caller>;
  tasks(status: Task['status']): Promise<Task[]>;
  task(id: string): Promise<Task | undefined>;
  /** The mails to a person that are due, the newest first, as the courier would send them. */
  mailsTo(person: Email): Promise<string[]>;
}

const startsOn: IsoDate = '2030-01-07';

/** Plays TechServe until some days after its first have passed. */
export async function playTechServe(
  installation: TestInstallation,
  days: number,
  say: (line: string) => void = () => undefined,
): Promise<PlayedProgram> {
  const { url, administratorToken } = installation;
  const end = addDays(startsOn, days);
  let id = '';
  try {
    await rehearse({
      url,
      administratorToken,
      startsOn,
      started: (programId) => {
        id = programId;
      },
      log: say,
      progress: (_done, today) => {
        if (today >= end) throw new Reached();
      },
    });
  } catch (error) {
    if (!(error instanceof Reached)) throw error;
  }
  return played(installation, id);
}

/** The people of the story go from day to day; it ends where the clock passes the last one. */
class Reached extends Error {}

function played({ url, withDatabase }: TestInstallation, id: string): PlayedProgram {
  return {
    id,
    today: () =>
      withDatabase(async ({ read }) => {
        const { clockAt, timeZone } = (await read.program(id))!;
        return dateAt(clockAt!, timeZone);
      }),
    as: (email) =>
      withDatabase(async ({ tokens }) => {
        const { token } = await tokens.create({ email, name: email }, atMachine);
        return new Caller(`${url}/v1/programs/${id}`, token);
      }),
    tasks: (status) =>
      withDatabase(
        async ({ read }) => (await read.tasks(id, { status, now: new Date().toISOString() }, { limit: 200 })).items,
      ),
    task: (taskId) => withDatabase(({ read }) => read.task(id, taskId)),
    mailsTo: (person) =>
      withDatabase(async ({ outbox, read, secrets }) => {
        const mails = await outbox.list(id, '2999-01-01T00:00:00.000Z', { limit: 200 }, person);
        const program = await read.program(id);
        const options = { pages: await personalPages(url, secrets), standardId: program?.standardId };
        return mails.items.map((mail) => renderMail(mail, options).html);
      }),
  };
}
