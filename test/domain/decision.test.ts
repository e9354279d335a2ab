import { describe, expect, it } from 'vitest';
import type { DecisionKind } from '../../domain/audits/audit.ts';
import type { Email } from '../../domain/basics.ts';
import type { Finding, FindingStatus, Grade } from '../../domain/findings/finding.ts';
import type { Person } from '../../domain/people/person.ts';
import { allowedDecisions } from '../../domain/rules/decision.ts';
import { afterStage2, answered, auditedInternally, decided, held, verified } from './journey.ts';
import { people, program, who } from './support.ts';

type Brief = `${Grade} ${FindingStatus}`;
const G: DecisionKind[] = ['granted', 'refused'];
const C: DecisionKind[] = ['grantedWithCorrectiveAction', 'delayed', 'refused'];
const D: DecisionKind[] = ['delayed', 'refused'];

const findings = (...briefs: Brief[]) =>
  briefs.map((brief) => {
    const [grade, status] = brief.split(' ');
    return { id: 'F-1', grade, status } as Finding;
  });

describe('R5: what open nonconformities allow', () => {
  it.each<[Brief[], DecisionKind[]]>([
    [[], G],
    [['observation noted'], G],
    [['opportunity noted', 'concern noted'], G],
    [['minor open'], D],
    [['minor planned'], D],
    [['minor planAccepted'], C],
    [['minor done'], C],
    [['minor verified'], G],
    [['minor closed'], G],
    [['major open'], D],
    [['major planned'], D],
    [['major planAccepted'], D],
    [['major done'], D],
    [['major verified'], G],
    [['major closed'], G],
    [['minor planAccepted', 'minor open'], D],
    [['minor planAccepted', 'minor done', 'observation noted'], C],
    [['minor planAccepted', 'major done'], D],
    [['minor planAccepted', 'major verified'], C],
    [['minor open', 'major verified'], D],
    [['minor closed', 'major closed'], G],
  ])('%j: %j', (briefs, allowed) => expect(allowedDecisions(findings(...briefs))).toEqual(allowed));

  /** Every combination of two findings, decided by a table of its own. */
  it('holds for every pair of nonconformities', () => {
    const statuses: FindingStatus[] = ['open', 'planned', 'planAccepted', 'done', 'verified', 'closed'];
    const briefs = statuses.flatMap((status): Brief[] => [`minor ${status}`, `major ${status}`]);
    const worst = (brief: Brief) => {
      if (/verified|closed/.test(brief)) return 0;
      return /minor (planAccepted|done)/.test(brief) ? 1 : 2;
    };
    for (const one of briefs) {
      for (const other of briefs) {
        const expected = [G, C, D][Math.max(worst(one), worst(other))];
        expect(allowedDecisions(findings(one, other)), `${one}, ${other}`).toEqual(expected);
      }
    }
  });
});

const decision = (kind: DecisionKind, auditId = 'A-3') =>
  ({ type: 'recordDecision', auditId, decision: kind, certificateNumber: 'C-1', basis: 'Report.' }) as const;

describe('the decision', () => {
  it('is asked of the decision maker, due in 30 days', () => {
    expect(afterStage2().open('decision')).toMatchObject([
      { assignee: who.decider, dueOn: '2030-03-31', auditId: 'A-3' },
    ]);
  });

  it('R5: is refused with the rule, the reason and what is possible', () => {
    const driver = afterStage2('minor', 'major').as(who.decider);
    for (const kind of ['granted', 'grantedWithCorrectiveAction'] as const) {
      const { code, status, detail } = driver.refuses(decision(kind));
      expect([code, status]).toEqual(['R5', 409]);
      expect(detail).toContain('F-2 is not corrected and verified');
      expect(detail).toContain('It can be "delayed" or "refused".');
    }
    const clean = afterStage2().as(who.decider);
    expect(clean.refuses(decision('delayed')).code).toBe('R5');
    expect(clean.refuses(decision('grantedWithCorrectiveAction')).code).toBe('R5');
  });

  it('R5: granted with corrective action, the certificate is issued and the minor stays open', () => {
    const driver = afterStage2('minor');
    answered(driver, 'F-1', '2030-04-20');
    expect(driver.as(who.decider).refuses(decision('granted')).code).toBe('R5');
    driver.does(decision('grantedWithCorrectiveAction'));
    expect(driver.certificate).toMatchObject({ number: 'C-1', status: 'valid', cycle: 1 });
    expect(driver.finding('F-1').status).toBe('planAccepted');
    expect(driver.state.phase).toBe('surveillanceCycle');
  });

  it('R5: delayed, it is asked for again when more is possible', () => {
    const driver = afterStage2('major');
    decided(driver, 'delayed', '2030-03-05');
    expect(driver.open('decision')).toEqual([]);
    answered(driver, 'F-1', '2030-04-20');
    expect(driver.open('decision')).toEqual([]);
    verified(driver, 'F-1');
    expect(driver.open('decision')).toHaveLength(1);
    decided(driver, 'granted', '2030-03-20');
    expect(driver.certificate.status).toBe('valid');
  });

  it('refused, the program goes back to the implementation with its findings open', () => {
    const driver = afterStage2('minor');
    decided(driver, 'refused', '2030-03-05');
    expect(driver.state.phase).toBe('implementation');
    expect(driver.finding('F-1').status).toBe('open');
    expect(driver.state.certificate).toBeUndefined();
    expect(driver.as(who.decider).refuses(decision('granted')).code).toBe('state');
  });

  it('is taken once, on an audit that has its outcome', () => {
    const driver = program();
    auditedInternally(driver, '2030-01-15');
    held(driver, 'stage1', '2030-02-11');
    expect(driver.as(who.decider).refuses(decision('granted')).code).toBe('state');
    held(driver, 'stage2', '2030-03-01');
    expect(driver.as(who.decider).refuses({ ...decision('granted'), basis: ' ' }).code).toBe('empty');
    expect(driver.refuses({ ...decision('granted'), certificateNumber: undefined }).code).toBe('empty');
    expect(driver.refuses(decision('granted', 'A-9')).status).toBe(404);
    driver.does(decision('granted'));
    expect(driver.refuses(decision('granted')).code).toBe('state');
  });

  it('R8: is not taken by anybody of the audit team, of Stage 1 or Stage 2', () => {
    const both: Person['roles'] = ['leadAuditor', 'auditor', 'decisionMaker'];
    const onTeams: Email[] = [who.lead, who.auditor];
    const persons = people.map((person) => (onTeams.includes(person.email) ? { ...person, roles: both } : person));
    const driver = program({ people: persons });
    auditedInternally(driver, '2030-01-15');
    held(driver, 'stage1', '2030-02-11');
    const dates = { startsOn: '2030-03-01', endsOn: '2030-03-01' } as const;
    driver.as(who.manager).does({ type: 'scheduleAudit', auditId: 'A-3', ...dates, team: [who.auditor] });
    driver
      .at('2030-03-01')
      .as(who.auditor)
      .does({ type: 'recordOutcome', auditId: 'A-3', result: 'completed', note: '' });
    for (const email of onTeams) {
      for (const kind of ['granted', 'refused'] as const) {
        expect(driver.as(email).refuses(decision(kind)), email).toMatchObject({ code: 'R8', status: 409 });
      }
    }
    driver.as(who.decider).does(decision('granted'));
  });
});
