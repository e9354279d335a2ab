import { describe, expect, it } from 'vitest';
import type { Email } from '../../domain/basics.ts';
import { decide, decideStart } from '../../domain/decide.ts';
import type { PartElsewhere } from '../../domain/people/elsewhere.ts';
import { defineProgram } from '../../domain/program/define.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { speak } from '../../words/sayings/index.ts';
import { moments } from '../support/moments.ts';
import { assessed, scheduling } from './journey.ts';
import { type Driver, definitionInput, program, who } from './support.ts';

const part = (email: Email, more: Partial<PartElsewhere> = {}): PartElsewhere => ({
  email,
  program: 'Security',
  roles: ['owner'],
  owns: 2,
  ...more,
});

/** What a command warns of, where people are something elsewhere. */
function warned(driver: Driver, by: Email, command: UserCommand, ...parts: PartElsewhere[]): string[] {
  const decision = decide(driver.state, command, { email: by }, driver.now, speak, parts);
  if (!decision.ok) throw new Error(speak(decision.refusal.saying));
  return decision.records.flatMap(({ type, data }) =>
    type === 'WarningNoted' && data.code === 'independence' ? [data.text] : [],
  );
}

describe('somebody who audits or decides here and has a part in another program of the organization', () => {
  const lin = { email: 'lin@example.com', name: 'Lin' } as const;

  it('is warned of as they get the role, with what they own there', () => {
    const driver = assessed(program());
    const add = (roles: 'decisionMaker' | 'leadAuditor' | 'owner') =>
      warned(driver, who.manager, { type: 'addPerson', ...lin, roles: [roles] }, part(lin.email));
    expect(add('decisionMaker')).toEqual([
      expect.stringContaining('Lin decides on certification here and owns 2 requirements in the program Security'),
    ]);
    expect(add('leadAuditor')).toEqual([expect.stringMatching(/^Lin audits for the certification body here and owns/)]);
    expect(add('owner')).toEqual([]);
  });

  it('is warned of as they decide, and who consults there too; whoever is of the body there is not', () => {
    const driver = moments.decisionDue();
    const [auditId] = Object.values(driver.state.audits).flatMap(({ id, kind }) => (kind === 'stage2' ? [id] : []));
    const granted = { type: 'recordDecision', auditId: auditId!, decision: 'refused', basis: 'So.' } as const;
    const decide_ = (more: Partial<PartElsewhere>) => warned(driver, who.decider, granted, part(who.decider, more));
    expect(decide_({})).toHaveLength(1);
    expect(decide_({ owns: 0, roles: ['consultant'] })).toEqual([expect.stringContaining('is consultant in')]);
    expect(decide_({ owns: 0, roles: ['leadAuditor'] })).toEqual([]);
    expect(decide_({ owns: 0, roles: ['viewer'] })).toEqual([]);
  });

  it('is warned of as an internal auditor who owns something there, once they are on a team', () => {
    const driver = moments.internalAuditPlanned();
    const schedule = scheduling(driver, 'internal', '2030-03-01');
    expect(warned(driver, who.manager, schedule, part(who.internal))).toEqual([
      expect.stringMatching(/^Ira audits internally here and owns 2 requirements/),
    ]);
    expect(warned(driver, who.manager, schedule, part(who.internal, { owns: 0 }))).toEqual([]);
  });

  it('is warned of as they come to own something here, once, and named without a program that is not to be seen', () => {
    const driver = program().until('2030-01-08');
    const rating = { status: 'partial', priority: 'high', gap: 'So.', effortDays: 1, owner: who.owner } as const;
    const rate = { type: 'rateRequirement', requirementId: '4.1', ...rating } as const;
    const there = part(who.owner, { owns: 0, roles: ['decisionMaker'], program: undefined });
    expect(warned(driver, who.manager, rate, there)).toEqual([
      expect.stringContaining(
        'owns requirements here and is decision maker in another program of the same organization',
      ),
    ]);
    driver.as(who.manager).does(rate);
    expect(warned(driver, who.manager, { ...rate, requirementId: '4.2' }, there)).toEqual([]);
  });

  it('is warned of as a program is started with them', () => {
    const { state, now } = moments.planned();
    const definition = defineProgram(definitionInput({ plan: { startsOn: state.plan.startsOn } }));
    const decision = decideStart(definition, who.manager, now, speak, [part(who.decider)]);
    expect(decision.ok && decision.records.map(({ type }) => type)).toContain('WarningNoted');
  });
});
