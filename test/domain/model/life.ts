import type { AuditKind } from '../../../domain/audits/audit.ts';
import type { Email, Instant, IsoDate } from '../../../domain/basics.ts';
import { fold } from '../../../domain/fold.ts';
import type { DefinitionInput } from '../../../domain/program/definition.ts';
import { isEnded } from '../../../domain/program/queries.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { Command, UserCommand } from '../../../domain/registry.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { noticesOf } from '../../../words/records/index.ts';
import { Invariants } from '../invariants.ts';
import { Driver, definitionInput, local, people, type Written, who } from '../support.ts';
import { answer, type Step, take } from '../walk.ts';
import { adopted, Dice, type Life } from './draw.ts';
import { civilDate, daysLater, later, monthsLater, yearsLater } from './naiveDates.ts';
import { Oracle } from './oracle.ts';

/** A driver whose database is away at times, and that is looked at after every step. */
class Observed extends Driver {
  dice: Dice | undefined;
  databaseOutages = 0;
  look: (() => void) | undefined;
  refused: ((command: Command, refusal: Refusal) => void) | undefined;

  /** The database is away: the decision is dropped, and taken again once it is back. */
  protected override decided(command: Command, actor: Email) {
    const decision = super.decided(command, actor);
    if (!decision.ok) this.refused?.(command, decision.refusal);
    if (!this.dice?.percent(this.databaseOutages)) return decision;
    this.now = new Date(Date.parse(this.now) + this.dice.below(20) ** 3 * 60_000).toISOString();
    return super.decided(command, actor);
  }

  override settle(): void {
    super.settle();
    this.look?.();
  }
}

/** Plays ten years; gives the types of records that were written, and how many steps were taken. */
export function live(life: Life): { types: Set<string>; steps: number } {
  const dice = new Dice(life.seed);
  const ends = yearsLater(life.startsOn, 10);
  const seen = { types: new Set<string>(), steps: 0 };
  let on = life.startsOn;
  // A program that was closed or cancelled is followed by another.
  for (let count = 0; on < ends; count++) {
    const world = new World(life, dice, on, count === 0 ? life.adopt : undefined);
    on = world.until(ends);
    for (const { type } of world.driver.records) seen.types.add(type);
    seen.steps += world.steps;
  }
  return seen;
}

const firstBody = 'First Body';
const otherBody = 'Other Body';

/** One program, the people in it, and everything that goes wrong around it. */
class World {
  readonly driver: Observed;
  steps = 0;
  private readonly life: Life;
  private readonly dice: Dice;
  private readonly oracle: Oracle;
  private readonly invariants: Invariants;
  /** The people who are away, and until when. */
  private readonly away = new Map<string, IsoDate>();

  constructor(life: Life, dice: Dice, on: IsoDate, adopt: Life['adopt']) {
    this.life = life;
    this.dice = dice;
    const adoption = adopt && adopted(adopt, on, dice, life.body);
    const known: Partial<DefinitionInput> = adoption
      ? { plan: { startsOn: yearsLater(on, -5) }, adopt: adoption }
      : { plan: { startsOn: daysLater(on, dice.below(3)) } };
    const calendar = { timeZone: life.timeZone, holidays: life.holidays };
    const certificationBody = { name: firstBody, rules: life.body };
    const input = definitionInput({ calendar, certificationBody, ...known });
    const now = local(on, adoption ? '09:00' : '06:00', life.timeZone);
    this.driver = new Observed(input, now);
    const { records, state, notices } = this.driver;
    const bodies = { [firstBody]: life.body, [otherBody]: life.otherBody };
    this.oracle = new Oracle(this.driver, bodies, {
      before: undefined,
      after: state,
      records: [...records],
      notices: [...notices],
      dueAt: records.map(() => now),
      now,
    });
    const invariants = new Invariants(this.driver, true);
    const { watch } = this.driver;
    this.driver.watch = (written) => {
      watch?.(written);
      this.oracle.written(written);
      if (dice.percent(2)) mailsAreTheSame(written);
    };
    this.driver.look = () => {
      this.steps++;
      this.oracle.atRest(this.driver.state, this.driver.now);
    };
    this.driver.refused = (command, refusal) => this.oracle.refused(command, refusal, this.driver.now);
    this.driver.dice = dice;
    this.driver.databaseOutages = life.databaseOutages;
    this.driver.settle();
    this.invariants = invariants;
  }

  /** Lives up to a day, or to the end of the program. Gives the day that was reached. */
  until(ends: IsoDate): IsoDate {
    while (this.today < ends && !isEnded(this.driver.state)) {
      try {
        this.visit();
        this.invariants.atRest(40);
      } catch (error) {
        const last = this.driver.records
          .slice(-8)
          .map(({ seq, at, type, data }) => `${seq} ${at} ${type} ${JSON.stringify(data)}`);
        throw new Error(`On ${this.today}: ${(error as Error).message}\n${last.join('\n')}`, { cause: error });
      }
    }
    this.invariants.atEnd();
    return later(this.today, daysLater(this.today, 1));
  }

  private get today(): IsoDate {
    return civilDate(this.driver.now, this.life.timeZone);
  }

  /** Some days later people look at what is there: whoever is not away answers some of it. */
  private visit(): void {
    const { driver, dice, life } = this;
    const moment = this.nextMoment();
    if (dice.percent(life.workerOutages)) {
      driver.heldUpUntil(moment);
      // A command may come in before the program has noticed what time it is.
      if (dice.percent(20)) this.work();
      driver.settle();
    } else driver.until(moment);
    if (dice.percent(8)) this.away.set(dice.one(people).email, daysLater(this.today, 7 * (1 + dice.below(12))));
    this.work();
    if (dice.percent(40)) take(driver, { ...this.step(), what: 'ask' });
    if (dice.percent(10) && driver.state.status === 'paused')
      this.tries(who.manager, { type: 'resume', reason: 'On.' });
    if (dice.percent(3)) driver.state = JSON.parse(JSON.stringify(driver.state));
    this.bringBack();
    // Time went by while the database was away, even if the command was refused then.
    driver.settle();
  }

  /** Mostly within three weeks; often on a day on which a rule ends, or on the day after it, or at the end of a month. */
  private nextMoment(): Instant {
    const { dice, today } = this;
    const soon = daysLater(today, 70);
    const critical = this.oracle.criticalDays(this.driver.state).flatMap((on) => [on, daysLater(on, 1)]);
    const firstOfNext = `${monthsLater(today, 1).slice(0, 7)}-01` as IsoDate;
    const edges = [...critical, firstOfNext, daysLater(firstOfNext, -1)].filter((on) => on > today && on < soon);
    const on = edges.length > 0 && dice.percent(35) ? dice.one(edges) : daysLater(today, 1 + dice.below(28));
    const time = `${String(dice.below(24)).padStart(2, '0')}:${String(dice.below(60)).padStart(2, '0')}`;
    return local(on, time, this.life.timeZone);
  }

  private work(): void {
    for (const task of Object.values(this.driver.state.tasks)) {
      const present = this.driver.state.tasks[task.id];
      if (!present || 'closedOn' in present || isEnded(this.driver.state)) continue;
      if (this.isAway(present.assignee) || !this.dice.percent(this.life.diligence / 3)) continue;
      if (present.kind === 'auditSchedule' || present.kind === 'missedAudit') this.schedules(present);
      else answer(this.driver, present, this.step());
    }
    this.judge();
  }

  /** Dates around those that are meant, sometimes any. */
  private schedules({ auditId = '' }: Task): void {
    const { driver, dice } = this;
    const audit = driver.state.audits[auditId];
    if (!audit) return;
    const around = daysLater(audit.targetOn, dice.below(20) - 10);
    const startsOn = later(dice.percent(10) ? (audit.latestOn ?? around) : around, this.today);
    const team = audit.kind === 'internal' ? [who.internal] : [who.lead];
    const endsOn = daysLater(startsOn, dice.below(3));
    const by = driver.state.people.find(({ roles }) => roles.includes('programManager'))?.email ?? who.manager;
    this.tries(by, { type: 'scheduleAudit', auditId, startsOn, endsOn, team });
  }

  /** What the body does without being asked by a task. */
  private judge(): void {
    const { driver, dice } = this;
    const { certificate } = driver.state;
    if (certificate?.status === 'valid' && dice.percent(1)) {
      const [name, rules] = dice.one([
        [firstBody, this.life.body],
        [otherBody, this.life.otherBody],
      ] as const);
      this.tries(who.sponsor, { type: 'transferCertificate', to: { name, rules }, on: this.today, reason: 'Nearer.' });
    }
    if (certificate?.status === 'suspended' && dice.percent(15))
      this.tries(who.lead, { type: 'reinstateCertificate', reason: 'Resolved.' });
    if (certificate?.status !== 'lapsed' || !dice.percent(30)) return;
    const held = this.last('recertification');
    if (held) this.tries(who.decider, { type: 'restoreCertificate', auditId: held, reason: 'Complete.' });
  }

  private last(kind: AuditKind): string | undefined {
    return Object.values(this.driver.state.audits)
      .filter((audit) => audit.kind === kind && audit.status === 'held')
      .at(-1)?.id;
  }

  /** After a transfer, or when somebody was taken out, all are named again some day. */
  private bringBack(): void {
    const missing = this.driver.state.people.length < people.length;
    if (missing && this.dice.percent(30)) this.tries(who.manager, { type: 'setPeople', people });
  }

  private tries(email: Email, command: UserCommand): void {
    if (!isEnded(this.driver.state)) this.driver.as(email).tries(command);
  }

  private isAway(email: Email): boolean {
    return (this.away.get(email) ?? '') > this.today;
  }

  private step(): Step {
    const { dice } = this;
    return {
      what: 'work',
      who: dice.below(1000),
      pick: dice.below(10_000),
      other: dice.below(10_000),
      days: dice.below(30),
      careless: dice.percent(30),
    };
  }
}

/** Mails that are written later, from the register, are those that were written at once. */
function mailsAreTheSame({ before, records, notices, dueAt }: Written): void {
  if (!before) return;
  const after = fold(JSON.parse(JSON.stringify(records)), JSON.parse(JSON.stringify(before)));
  const again = records.flatMap((record, index) => noticesOf(after, record, dueAt[index] as Instant));
  if (JSON.stringify(again) !== JSON.stringify(notices)) throw new Error('Mails written from the register are others.');
}
