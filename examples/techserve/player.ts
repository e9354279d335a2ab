import type { Audit } from '../../domain/audits/audit.ts';
import type { Email, Instant, IsoDate, Phase, ProgramStatus } from '../../domain/basics.ts';
import { dateAt, daysBetween } from '../../domain/calendar.ts';
import type { Certificate } from '../../domain/certificate/certificate.ts';
import type { Finding } from '../../domain/findings/finding.ts';
import type { CalendarSpec } from '../../domain/program/definition.ts';
import type { UserCommand } from '../../domain/registry.ts';
import type { OpenTask, SubmittedTask } from '../../domain/tasks/task.ts';
import { Caller } from './caller.ts';
import { cast } from './cast.ts';

/** Something that a person does. */
export interface Act {
  by: Email;
  command: UserCommand;
}

/** What somebody who looks into the program sees. */
export interface Situation {
  program: { phase: Phase; status: ProgramStatus; calendar: CalendarSpec; certificate?: Certificate };
  /** Tasks that wait for their assignee, by due date. */
  open: OpenTask[];
  /** Tasks whose evidence waits for a reviewer. */
  submitted: SubmittedTask[];
  audits: Audit[];
  findings: Finding[];
  coming: { at: Instant; kind: string; ref?: string }[];
}

/** Plays a program through the API: calls as its people, and moves its clock. */
export class Player {
  readonly programId: string;
  /** The program's clock when it was last moved. */
  now: Instant;
  private readonly url: string;
  private readonly tokens: ReadonlyMap<Email, string>;
  private readonly timeZone: string;
  private readonly moved: (today: IsoDate) => void;
  /** What was seen last, until something is sent. */
  private seen: Situation | undefined;

  constructor(options: {
    url: string;
    programId: string;
    tokens: ReadonlyMap<Email, string>;
    timeZone: string;
    /** Told each time the clock has moved. */
    moved: (today: IsoDate) => void;
  }) {
    this.url = options.url;
    this.programId = options.programId;
    this.tokens = options.tokens;
    this.timeZone = options.timeZone;
    this.moved = options.moved;
    this.now = new Date().toISOString();
  }

  /** The program's date. */
  get today(): IsoDate {
    return this.dateOf(this.now);
  }

  dateOf(at: Instant): IsoDate {
    return dateAt(at, this.timeZone);
  }

  /** The program's part of the API, as one of its people. */
  as(person: Email): Caller {
    const token = this.tokens.get(person);
    if (!token) throw new Error(`${person} is not in the cast.`);
    return new Caller(`${this.url}/v1/programs/${this.programId}`, token, () => {
      this.seen = undefined;
    });
  }

  /** Waits for the program's first moment: 08:00 on the day that its plan names. People act at that hour from then on. */
  async begin(): Promise<void> {
    do await this.advance({ to: 'nextMoment' });
    while ((await this.look()).program.status === 'planned');
  }

  /** Moves the clock to 08:00 of a day; stays where it is when that day is not ahead. */
  async advanceTo(on: IsoDate): Promise<void> {
    const days = daysBetween(this.today, on);
    if (days > 0) await this.advance({ by: `P${days}D` });
  }

  /** Looks at how the program stands. */
  async look(): Promise<Situation> {
    this.seen ??= await this.lookAgain();
    return this.seen;
  }

  /** Sends what people do on the same day, each person's part in one call. */
  async send(acts: Act[]): Promise<void> {
    const persons = [...new Set(acts.map((act) => act.by))];
    const sent = persons.map((by) => {
      const commands = acts.filter((act) => act.by === by).map((act) => act.command);
      return this.as(by).post('/commands', { commands, atomic: true });
    });
    await Promise.all(sent);
  }

  private async lookAgain(): Promise<Situation> {
    const manager = this.as(cast.manager);
    const [program, open, submitted, audits, findings, timeline] = await Promise.all([
      manager.get<Situation['program']>(''),
      manager.all<OpenTask>('/tasks?status=open'),
      manager.all<SubmittedTask>('/tasks?status=submitted'),
      manager.all<Audit>('/audits'),
      manager.all<Finding>('/findings'),
      manager.get<Pick<Situation, 'coming'>>('/timeline?limit=1'),
    ]);
    return { program, open, submitted, audits, findings, coming: timeline.coming };
  }

  private async advance(target: object): Promise<void> {
    const { now } = await this.as(cast.manager).post<{ now: Instant }>('/clock/advance', target);
    this.now = now;
    this.moved(this.today);
  }
}
