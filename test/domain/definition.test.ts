import { describe, expect, it } from 'vitest';
import type { Instant, IsoDuration } from '../../domain/basics.ts';
import { weekdays } from '../../domain/basics.ts';
import { decideStart } from '../../domain/decide.ts';
import { defaultProfile } from '../../domain/profile.ts';
import { defineProgram } from '../../domain/program/define.ts';
import type { DefinitionInput } from '../../domain/program/definition.ts';
import { speak } from '../../words/sayings/index.ts';
import { definitionInput, people, program, refusalOf, who } from './support.ts';

/** Why a definition is refused. */
const refusal = (overrides: Partial<DefinitionInput>) => refusalOf(() => defineProgram(definitionInput(overrides)));

const rules = (given: Record<string, number>) => ({ certificationBody: { name: 'B', rules: given } });
/** Also with a text that is no duration, as somebody may send it. */
const phase = (implementation: string) => ({
  plan: { startsOn: '2030-01-07' as const, phases: { implementation: implementation as IsoDuration } },
});
const ladder = (escalation: DefinitionInput['escalation']) => ({ escalation });
const step = (workingDays: number) => ({ workingDays, to: 'sponsor' as const });

describe('a definition', () => {
  it.each<[string, Partial<DefinitionInput>, string, RegExp]>([
    [
      'an unknown zone',
      { calendar: { timeZone: 'America/Gotham' } },
      'timeZone',
      /calendar\.timeZone: America\/Gotham.*Europe\/Berlin/,
    ],
    ['30 February', { plan: { startsOn: '2030-02-30' } }, 'dates', /plan\.startsOn: 2030-02-30 is not a calendar date/],
    ['29 February of a common year', { plan: { startsOn: '2030-02-29' } }, 'dates', /plan\.startsOn/],
    [
      'a holiday that does not exist',
      { calendar: { timeZone: 'Etc/UTC', holidays: ['2030-04-31'] } },
      'dates',
      /calendar\.holidays: 2030-04-31/,
    ],
    [
      'a week without a working day',
      { calendar: { timeZone: 'Etc/UTC', weekend: [...weekdays] } },
      'weekend',
      /calendar\.weekend: leave at least one day/,
    ],
    [
      'a year that nobody means',
      { plan: { startsOn: '9998-01-01' } },
      'dates',
      /plan\.startsOn: 9998-01-01 is not between/,
    ],
    ['a phase of nothing', phase('P0D'), 'dates', /plan\.phases\.implementation: P0D .* above zero/],
    ['a phase of less than nothing', phase('-P2M'), 'dates', /plan\.phases\.implementation: -P2M/],
    ['a negative part', phase('P-2M'), 'dates', /plan\.phases\.implementation: P-2M/],
    ['a phase in hours', phase('PT48H'), 'dates', /PT48H/],
    ['phases that end too late', phase('P200Y'), 'dates', /plan\.phases: the plan would end on 22/],
    ['a phase of a thousand years', phase('P1000Y'), 'dates', /P1000Y/],
    ['an unknown standard', { standard: 'iso-9001-2015' }, 'standard', /iso-9001-2015.*iso-42001-2023/],
    ['nobody to manage', { people: people.filter(({ email }) => email !== who.manager) }, 'people', /program manager/],
    ['nobody to sponsor', { people: people.filter(({ email }) => email !== who.sponsor) }, 'people', /sponsor/],
    ['no top management', { people: people.filter(({ email }) => email !== who.top) }, 'people', /top management/],
    ['somebody twice', { people: [...people, people[0]!] }, 'unique', /people: pm@example\.com/],
    [
      'a system twice',
      { aiSystems: [0, 1].map(() => ({ id: 'a', name: 'A', role: 'user', risk: 'low' })) as never },
      'unique',
      /aiSystems: a/,
    ],
    ['half a month in the body’s rules', rules({ suspensionMonths: 1.5 }), 'profile', /rules\.suspensionMonths: 1\.5/],
    ['a negative number in the body’s rules', rules({ planDays: -1 }), 'profile', /rules\.planDays: -1/],
    ['a certificate of no year', rules({ validityYears: 0 }), 'profile', /validityYears: must be at least 1/],
    ['reminders in the wrong order', ladder({ reminderDays: [1, 7] }), 'escalation', /reminderDays/],
    ['a reminder on the due day', ladder({ reminderDays: [7, 0] }), 'escalation', /reminderDays/],
    ['a reminder half a day before', ladder({ reminderDays: [0.5] }), 'escalation', /reminderDays/],
    ['escalations that do not rise', ladder({ escalations: [step(3), step(3)] }), 'escalation', /workingDays/],
    ['an escalation on the due day', ladder({ escalations: [step(0)] }), 'escalation', /workingDays/],
    ['an escalation after half a day', ladder({ escalations: [step(0.5)] }), 'escalation', /workingDays/],
  ])('with %s is refused', (_, overrides, code, detail) => {
    expect(refusal(overrides)).toMatchObject({ status: 422, code, detail: expect.stringMatching(detail) });
  });

  it('gets the defaults for what it leaves out', () => {
    const definition = defineProgram(definitionInput());
    expect(definition.plan.phases).toEqual({
      gapAssessment: 'P2M',
      implementation: 'P4M',
      internalAudit: 'P2M',
      certificationAudit: 'P2M',
    });
    expect(definition.certificationBody.profile).toEqual(defaultProfile);
    expect(definition.ladder.reminderDays).toEqual([14, 7, 1]);
    expect(definition).toMatchObject({ rehearsal: false, calendar: { timeZone: 'Etc/UTC', holidays: [] } });
    expect(definition.standard.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps what it says: numbers of the body, days off once and in order', () => {
    const definition = defineProgram(
      definitionInput({
        certificationBody: { name: 'B', rules: { planDays: 14 } },
        calendar: { timeZone: 'Etc/UTC', holidays: ['2030-12-25', '2030-05-01', '2030-12-25'] },
      }),
    );
    expect(definition.certificationBody.profile).toEqual({ ...defaultProfile, planDays: 14 });
    expect(definition.calendar.holidays).toEqual(['2030-05-01', '2030-12-25']);
  });
});

describe('the weekend', () => {
  const weekendOf = (calendar: Partial<DefinitionInput['calendar']>) =>
    defineProgram(definitionInput({ calendar: { timeZone: 'Etc/UTC', ...calendar } })).calendar.weekend;

  it('is that of the country, unless another is named', () => {
    expect(weekendOf({})).toEqual(['saturday', 'sunday']);
    expect(weekendOf({ country: 'SA' })).toEqual(['friday', 'saturday']);
    expect(weekendOf({ country: 'SA', weekend: ['sunday', 'saturday', 'sunday'] })).toEqual(['saturday', 'sunday']);
  });

  it('holds for everything that is asked for', () => {
    const driver = program({ plan: { startsOn: '2027-01-03' }, calendar: { timeZone: 'Asia/Riyadh', country: 'SA' } });
    driver.until('2027-01-04').as(who.manager);
    driver.does({ type: 'openTask', title: 'Write', assignee: who.owner, dueOn: '2027-01-15' });
    driver.until('2027-01-17T13:59:59.999Z');
    const rungs = () => driver.recordsOf('TaskReminded').filter(({ data }) => data.rung === 3);
    expect(rungs()).toEqual([]);
    driver.until('2027-01-17T14:00:00.000Z');
    expect(rungs()).toMatchObject([{ data: { dueIn: 0 }, at: '2027-01-17T14:00:00.000Z' }]);
    driver.until('2027-01-20T14:00:00.000Z');
    expect(driver.recordsOf('TaskEscalated')).toMatchObject([{ data: { level: 1, workingDays: 3 } }]);
  });
});

describe('the start', () => {
  const startAt = (now: Instant, timeZone = 'Etc/UTC') => {
    const definition = defineProgram(definitionInput({ calendar: { timeZone } }));
    return decideStart(definition, who.manager, now, speak);
  };

  it('may be today, not yesterday, by the date of the program’s zone', () => {
    expect(startAt('2030-01-07T23:59:59.999Z').ok).toBe(true);
    expect(startAt('2030-01-08T00:00:00.000Z')).toMatchObject({ ok: false, refusal: { code: 'dates' } });
    expect(startAt('2030-01-08T04:59:59.999Z', 'America/New_York').ok).toBe(true);
    expect(startAt('2030-01-08T05:00:00.000Z', 'America/New_York').ok).toBe(false);
  });

  it('ahead leaves the program planned until 08:00 of that day', () => {
    const definition = definitionInput({ plan: { startsOn: '2030-03-04' } });
    const driver = program(definition);
    expect(driver.state.status).toBe('planned');
    expect(driver.refuses({ type: 'pause', reason: 'So.' }).code).toBe('state');
    driver.until('2030-03-04T08:00:00.000Z');
    expect(driver.state.status).toBe('active');
    expect(driver.open('gapAssessment')).toMatchObject([{ assignee: who.consultant, dueOn: '2030-05-03' }]);
  });

  it('looks up holidays of its country at the start, then each January for one more year', () => {
    const driver = program({ calendar: { timeZone: 'Etc/UTC', country: 'US' } });
    driver.until('2030-01-07');
    expect(driver.recordsOf('HolidaysRecorded').map(({ data }) => data.through)).toEqual([2031]);
    driver.until('2031-01-02T08:00:00.000Z');
    expect(
      driver
        .recordsOf('HolidaysRecorded')
        .map(({ at, data }) => [at, data.through])
        .at(-1),
    ).toEqual(['2031-01-02T08:00:00.000Z', 2032]);
  });
});
