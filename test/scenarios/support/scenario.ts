import type { Mail } from '../../../db/types.ts';
import type { Email, IsoDate } from '../../../domain/basics.ts';
import { dateAt } from '../../../domain/calendar.ts';
import { fold } from '../../../domain/fold.ts';
import type { DefinitionInput } from '../../../domain/program/definition.ts';
import type { ProgramRecord, UserCommand } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import type { TestProgram } from '../../workflows/support/testProgram.ts';

/** A line of the table of scenarios: what is so, what is done, and what has to follow, with the days of it all. */
export interface Scenario {
  /** The rules that it shows; none where it shows how a program is steered. */
  rules: string[];
  title: string;
  given: Given;
  when: Step[];
  follows: Expectation[];
}

/** Scenarios of one subject. */
export interface Group {
  name: string;
  scenarios: Scenario[];
}

/** Where a scenario begins. */
export interface Given {
  says: string;
  start?: Partial<DefinitionInput>;
  /** Brings the program there. */
  reach(play: Play): Promise<void>;
  /** Whether `says` is true of what was reached. */
  isSo?(state: ProgramState): boolean;
}

/** What is done on a day of the program; nothing, when the day is only to come. */
export interface Step {
  on: IsoDate;
  acts: Act[];
}

export interface Act {
  says: string;
  does(play: Play): Promise<unknown>;
}

/** Says what has to be, and whether it was: `fails` gives what was found in its place, or undefined. */
export interface Expectation {
  says: string;
  fails(outcome: Outcome): string | undefined;
}

/** A command, or what makes one of the state as it is then. */
export type Said = UserCommand | ((state: ProgramState) => UserCommand);

/** A scenario while it is played on the service. */
export interface Play {
  program: TestProgram;
  send(person: Email, said: Said): Promise<void>;
  /** Sends what has to be refused, and keeps the refusal. */
  tries(person: Email, said: Said): Promise<void>;
}

/** What was refused on a day, as the API answers it. */
export interface Refusal {
  on: IsoDate;
  code: string;
  detail: string;
}

/** What came of a play: everything that the service recorded, and what it refused. */
export class Outcome {
  readonly state: ProgramState;
  readonly records: ProgramRecord[];
  readonly refusals: Refusal[];
  readonly mails: Mail[];
  /** The last day of the play. */
  readonly today: IsoDate;

  constructor(state: ProgramState, records: ProgramRecord[], refusals: Refusal[], mails: Mail[], today: IsoDate) {
    this.state = state;
    this.records = records;
    this.refusals = refusals;
    this.mails = mails;
    this.today = today;
  }

  /** The day of a record, where the program is. */
  dayOf(record: ProgramRecord): IsoDate {
    return dateAt(record.at, this.state.calendar.timeZone);
  }

  /** The mails to somebody that were due on a day. */
  mailsOn(on: IsoDate, to: Email): Mail[] {
    const { timeZone } = this.state.calendar;
    return this.mails.filter((mail) => mail.to === to && dateAt(mail.dueAt, timeZone) === on);
  }

  recordsOn(on: IsoDate): ProgramRecord[] {
    return this.records.filter((record) => this.dayOf(record) === on);
  }

  /** How the program stood at the end of a day. */
  stateOn(on: IsoDate): ProgramState {
    if (on > this.today) throw new Error(`The play ended on ${this.today}, before ${on}.`);
    return fold(this.records.filter((record) => this.dayOf(record) <= on));
  }
}
