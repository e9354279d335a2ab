import type { AuditKind } from '../../../domain/audits/audit.ts';
import type { Email, Instant, IsoDate, Weekday } from '../../../domain/basics.ts';
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
    const { timeZone, weekend, holidays } = life;
    const calendar = { timeZone, holidays, ...(weekend && { weekend }) };
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
    if (dice.percent(3)) this.changesCalendar();
    if (dice.percent(12)) this.putsRight();
    if (dice.percent(4)) this.delegates();
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
      this.tries(who.decider, { type: 'reinstateCertificate', reason: 'Resolved.', ...this.toldLate() });
    if (certificate?.status === 'withdrawn' && dice.percent(40)) {
      const on = daysLater(this.today, -dice.below(35));
      this.tries(who.decider, { type: 'reinstateCertificate', reason: 'Told late.', on });
    }
    const agreed = Object.values(driver.state.audits).find(({ status }) => status === 'scheduled');
    if (agreed && dice.percent(3))
      this.tries(who.lead, { type: 'callOffAudit', auditId: agreed.id, reason: 'The team is snowed in.' });
    if (certificate?.status === 'valid' && dice.percent(2))
      this.tries(who.decider, { type: 'suspendCertificate', reason: 'A complaint.', ...this.toldLate() });
    if (certificate?.status !== 'lapsed' || !dice.percent(30)) return;
    const held = this.last('recertification');
    const number = certificate.number;
    // A decision of the last valid day, or around it, that is entered now.
    if (held && dice.percent(50)) {
      const on = daysLater(certificate.lastDay, dice.below(3) - 1);
      const basis = { auditId: held, decision: 'granted', certificateNumber: number, basis: 'Report.' } as const;
      if (on <= this.today) this.tries(who.decider, { type: 'recordDecision', ...basis, on });
    }
    if (held) this.tries(who.decider, { type: 'restoreCertificate', auditId: held, reason: 'Complete.' });
  }

  /**
   * R27, R30: auditors add findings, correct or withdraw them and reopen outcomes, or the program manager enters that from
   * their report; sometimes what they found was told wrong twice. What rests on it is refused, whatever they try.
   */
  private putsRight(): void {
    const { driver, dice } = this;
    const held = Object.values(driver.state.audits).filter(({ status }) => status === 'held');
    const findings = Object.values(driver.state.findings);
    const audit = held.length > 0 ? dice.one(held) : undefined;
    const finding = findings.length > 0 ? dice.one(findings) : undefined;
    const grade = dice.one(['major', 'minor', 'observation', 'opportunity', 'concern'] as const);
    const reason = 'It was told wrong.';
    const isInternal = (auditId: string) => driver.state.audits[auditId]?.kind === 'internal';
    if (audit && dice.percent(30)) {
      const found = { auditId: audit.id, requirementId: '7.2', grade, statement: 'It was left out.' };
      this.says(isInternal(audit.id), { type: 'raiseFinding', ...found, ...this.toldLate() });
    } else if (audit && dice.percent(25)) {
      this.says(isInternal(audit.id), { type: 'reopenOutcome', auditId: audit.id, reason });
    } else if (finding && dice.percent(25)) {
      this.says(isInternal(finding.auditId), { type: 'withdrawFinding', findingId: finding.id, reason });
    } else if (finding) {
      this.says(isInternal(finding.auditId), { type: 'correctFinding', findingId: finding.id, grade, reason });
    }
  }

  /** An auditor of the side that audited, or the program manager from the report of the body. */
  private says(isInternal: boolean, command: UserCommand): void {
    const document = { title: 'Report of the body', links: ['https://docs.example.com/report'] };
    if (isInternal) this.tries(who.internal, command);
    else if (this.dice.percent(60)) this.tries(who.lead, command);
    // The commands that are said here are all acts of the body.
    else this.tries(who.manager, { ...command, onBehalfOf: who.lead, document } as UserCommand);
  }

  /** Somebody is away and names a deputy, or is back early. */
  private delegates(): void {
    const { dice, today } = this;
    const startsOn = daysLater(today, dice.below(5));
    const endsOn = daysLater(startsOn, dice.below(40));
    if (dice.percent(70)) this.tries(who.owner, { type: 'delegate', deputy: who.second, startsOn, endsOn });
    else this.tries(who.owner, { type: 'endDelegation', email: who.owner });
  }

  /** R28: sometimes what happened some days ago is told today. */
  private toldLate(): { on?: IsoDate } {
    return this.dice.percent(40) ? { on: daysLater(this.today, -this.dice.below(20)) } : {};
  }

  /** A holiday is declared or given up around today, or the weekend becomes another. */
  private changesCalendar(): void {
    const { dice, today } = this;
    const days = (most: number) =>
      Array.from({ length: dice.below(most) }, () => daysLater(today, dice.below(40) - 10));
    const daysOff = days(4);
    const workingDays = days(4).filter((day) => !daysOff.includes(day));
    const weekend = dice.one<Weekday[] | undefined>([undefined, ['friday', 'saturday'], ['sunday'], [], undefined]);
    const by = this.driver.state.people.find(({ roles }) => roles.includes('programManager'))?.email ?? who.manager;
    this.tries(by, { type: 'changeCalendar', daysOff, workingDays, ...(weekend && { weekend }), reason: 'So.' });
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
