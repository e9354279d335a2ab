import { describe, expect, it } from 'vitest';
import type { Email, IsoDate } from '../../domain/basics.ts';
import { ahead } from '../../domain/outlook/ahead.ts';
import type { UserCommand } from '../../domain/registry.ts';
import {
  afterStage2,
  answered,
  assessed,
  auditedInternally,
  certified,
  decided,
  evidenced,
  held,
  implemented,
  scheduled,
  staged,
} from './journey.ts';
import { type Driver, people, program, who } from './support.ts';
import { deadEnd } from './waysOn.ts';

const scheduling = (driver: Driver, on: IsoDate, team: Email[], criteria?: string[]): UserCommand => ({
  type: 'scheduleAudit',
  auditId: driver.audit('internal').id,
  startsOn: on,
  endsOn: on,
  team,
  ...(criteria ? { criteria } : {}),
});

describe('R9, R28: an internal audit that is told late', () => {
  const toldOf = (driver: Driver, on: IsoDate) => scheduling(driver, on, [who.internal]);

  const answers = (driver: Driver, on: IsoDate) => {
    const asked = { title: 'Write it', assignee: who.internal, dueOn: '2030-12-02', requirementId: '8.2' } as const;
    driver
      .until(on)
      .as(who.manager)
      .does({ type: 'openTask', ...asked });
    const { id: taskId } = driver.task('manual');
    driver.as(who.internal).does({ type: 'submitEvidence', taskId, links: [], note: 'Here.' });
  };

  it('was not of their own work when they worked before it, and again after it', () => {
    const driver = implemented(program());
    answers(driver, '2030-01-20');
    answers(driver, '2030-03-10');
    driver.as(who.manager);
    expect(driver.refuses(toldOf(driver, '2030-02-15')).detail).toContain('8.2 until 2030-03-10');
    driver.does(toldOf(driver, '2030-01-19'));
  });

  it('was not of what they owned then and handed on since', () => {
    const driver = implemented(program(), { '7.2': { owner: who.second } }).as(who.manager);
    driver.does({ type: 'changePerson', email: who.second, roles: ['owner', 'internalAuditor'] });
    driver.until('2030-03-10').does({ type: 'removePerson', email: who.second, handTo: who.owner });
    driver.does({ type: 'addPerson', email: who.second, name: 'Ova', roles: ['internalAuditor'] });
    expect(driver.refuses(scheduling(driver, '2030-02-15', [who.second])).code).toBe('R9');
    driver.does(scheduling(driver, '2030-02-15', [who.second], ['4.1']));
  });
});

describe('R26: who decides and was of the organization not long ago', () => {
  it('is warned of', () => {
    const driver = auditedInternally(program(), '2030-01-15').as(who.manager);
    driver.does({ type: 'changePerson', email: who.consultant, roles: ['decisionMaker'] });
    staged(driver, '2030-02-11', '2030-03-01');
    const decision = { type: 'recordDecision', auditId: 'A-3', decision: 'granted', basis: 'The report.' } as const;
    driver.as(who.consultant).does({ ...decision, certificateNumber: 'C-1' });
    const warned = driver.recordsOf('WarningNoted').filter(({ data }) => data.code === 'R26');
    expect(warned.map(({ data }) => data.text)).toEqual([
      expect.stringMatching(
        /^Con decides on what they worked on: .* until January 15, 2030, .* from January 15, 2032 \(R26\)/,
      ),
    ]);
    expect(warnedAt(decided(afterStage2(), 'granted', '2030-03-05'))).toEqual([]);
  });

  it('a program whose only lead auditor was of it says that one is to be named', () => {
    const driver = auditedInternally(program(), '2030-01-15').as(who.manager);
    driver.does({ type: 'changePerson', email: who.lead, roles: ['consultant'] });
    driver.does({ type: 'changePerson', email: who.lead, roles: ['leadAuditor'] });
    expect(ahead(driver.state).waits).toContainEqual(expect.objectContaining({ what: 'person', role: 'leadAuditor' }));
    expect(deadEnd(driver)).toBeUndefined();
  });
});

describe('R9: whose requirements went to an auditor', () => {
  it('between the dates and the audit: the outcome is refused', () => {
    const driver = implemented(program()).as(who.manager);
    driver.does({ type: 'changePerson', email: who.manager, roles: ['programManager', 'internalAuditor'] });
    driver.does(scheduling(driver, '2030-02-01', [who.manager]));
    driver.until('2030-01-20').does({ type: 'removePerson', email: who.owner });
    const outcome = { type: 'recordOutcome', auditId: 'A-1', result: 'completed', note: '' } as const;
    expect(driver.until('2030-02-01').refuses(outcome)).toMatchObject({ code: 'R9' });
    driver.does(scheduling(driver, '2030-02-01', [who.internal]));
    driver.as(who.internal).does(outcome);
  });

  it('after the audit: it counts', () => {
    const driver = implemented(program()).as(who.manager);
    driver.does({ type: 'changePerson', email: who.manager, roles: ['programManager', 'internalAuditor'] });
    driver.does(scheduling(driver, '2030-02-01', [who.manager]));
    driver.until('2030-02-02').does({ type: 'removePerson', email: who.owner });
    driver.does({ type: 'recordOutcome', auditId: 'A-1', result: 'completed', note: '' });
  });

  it('who is the only one: the page says that another is to be named', () => {
    const driver = implemented(program()).as(who.manager);
    expect(ahead(driver.state).waits.map(({ what }) => what)).not.toContain('person');
    driver.does({ type: 'removePerson', email: who.owner, handTo: who.internal });
    expect(ahead(driver.state).waits).toContainEqual(
      expect.objectContaining({ what: 'person', role: 'internalAuditor' }),
    );
    expect(deadEnd(driver)).toBeUndefined();
  });
});

const warnedAt = (driver: Driver) => driver.warnings().filter((code) => code === 'R26');

describe('R9: an internal auditor does not audit their own work', () => {
  it('which they answered', () => {
    const driver = assessed(program());
    const [task] = driver.open('evidence').filter(({ requirementId }) => requirementId === '8.2');
    driver.as(who.manager).does({ type: 'reassignTask', taskId: task!.id, to: who.internal });
    evidenced(driver, task!.id);
    implemented(driver).as(who.manager);
    const { code, detail } = driver.refuses(scheduling(driver, '2030-01-15', [who.internal]));
    expect(code).toBe('R9');
    expect(detail).toContain(
      'Ira owned, answered or reviewed 8.2 until 2030-01-07 and cannot audit it before 2032-01-07',
    );
    driver.does(scheduling(driver, '2030-01-15', [who.internal], ['7.2']));
  });

  it('which they reviewed', () => {
    const driver = assessed(program());
    const [task] = driver.open('evidence');
    driver.as(who.owner).does({ type: 'submitEvidence', taskId: task!.id, links: [], note: 'Here.' });
    driver.as(who.internal).does({ type: 'reviewEvidence', taskId: task!.id, verdict: 'accept', note: '' });
    implemented(driver).as(who.manager);
    expect(driver.refuses(scheduling(driver, '2030-01-15', [who.internal])).detail).toContain(task!.requirementId);
  });

  it('which they owned, until it was handed on; the new owner does not audit it either', () => {
    const driver = implemented(program(), { '7.2': { owner: who.second } }).as(who.manager);
    const ivo = { email: 'ivo@example.com', name: 'Ivo', roles: ['owner', 'internalAuditor'] } as const;
    driver.does({ type: 'addPerson', ...ivo, roles: [...ivo.roles] });
    driver.does({ type: 'removePerson', email: who.second, handTo: ivo.email });
    driver.does({ type: 'addPerson', email: who.second, name: 'Ova', roles: ['internalAuditor'] });
    expect(driver.refuses(scheduling(driver, '2030-01-15', [ivo.email], ['7.2'])).detail).toContain('Ivo owns 7.2');
    expect(driver.refuses(scheduling(driver, '2030-01-15', [who.second], ['7.2'])).detail).toContain('Ova owned');
    driver.does(scheduling(driver, '2030-01-15', [who.internal]));
  });

  it('also when they do it after the dates were agreed: the outcome is refused, and another team is found', () => {
    const driver = implemented(program()).as(who.manager);
    const auditId = scheduled(driver, 'internal', '2030-01-15');
    driver.does({
      type: 'openTask',
      title: 'Write it',
      assignee: who.internal,
      dueOn: '2030-02-01',
      requirementId: '8.2',
    });
    const { id: taskId } = driver.task('manual');
    driver.as(who.internal).does({ type: 'submitEvidence', taskId, links: [], note: 'Here.' });
    driver.until('2030-01-15');
    const outcome = { type: 'recordOutcome', auditId, result: 'completed', note: '' } as const;
    expect(driver.refuses(outcome).code).toBe('R9');
    driver.as(who.manager).does(scheduling(driver, '2030-01-15', [who.internal], ['7.2']));
    driver.as(who.internal).does(outcome);
  });

  it('and may again two years later, or when the body says so', () => {
    for (const [years, from] of [
      [undefined, '2032-01-07'],
      [1, '2031-01-07'],
      [0, '2030-01-07'],
    ] as const) {
      const rules = years === undefined ? {} : { rules: { independenceYears: years } };
      const driver = assessed(program({ certificationBody: { name: 'Example Body', ...rules } }));
      const [task] = driver.open('evidence');
      driver.as(who.owner).does({ type: 'submitEvidence', taskId: task!.id, links: [], note: 'Here.' });
      driver.as(who.internal).does({ type: 'reviewEvidence', taskId: task!.id, verdict: 'accept', note: '' });
      implemented(driver).as(who.manager);
      const criteria = [task!.requirementId as string];
      if (years !== 0) {
        const before = scheduling(
          driver,
          (from === '2032-01-07' ? '2032-01-06' : '2031-01-06') as IsoDate,
          [who.internal],
          criteria,
        );
        expect(driver.refuses(before).code).toBe('R9');
      }
      driver.does(scheduling(driver, from, [who.internal], criteria));
    }
  });
});

describe('R26: who was of the organization does not audit it for the body', () => {
  const become: [string, (email: (typeof who)[keyof typeof who]) => UserCommand[]][] = [
    ['changePerson', (email) => [{ type: 'changePerson', email, roles: ['leadAuditor'] }]],
    [
      'removePerson and addPerson',
      (email) => [
        { type: 'removePerson', email },
        { type: 'addPerson', email, name: 'Con', roles: ['leadAuditor'] },
      ],
    ],
    [
      'setPeople',
      (email) => [
        {
          type: 'setPeople',
          people: people.map((one) => (one.email === email ? { ...one, roles: ['leadAuditor' as const] } : one)),
        },
      ],
    ],
  ];

  it.each(become)('a consultant who becomes a lead auditor, by %s', (_, commands) => {
    const driver = certified('2030-06-05').until('2030-07-01').as(who.manager);
    for (const command of commands(who.consultant)) driver.does(command);
    const auditId = driver.audit('surveillance').id;
    const on = (startsOn: IsoDate): UserCommand => ({
      type: 'scheduleAudit',
      auditId,
      startsOn,
      endsOn: startsOn,
      team: [who.lead, who.consultant],
    });
    const { code, detail } = driver.refuses(on('2031-05-05'));
    expect([code, detail]).toEqual(['R26', expect.stringContaining('before 2032-07-01')]);
  });

  it('and does not verify her own finding', () => {
    const driver = certified('2030-06-05').until('2031-05-01');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }] });
    answered(driver, 'F-1', '2031-06-01');
    driver.as(who.owner).does({
      type: 'reportCorrectiveActionDone',
      findingId: 'F-1',
      evidence: { links: ['https://example.com/done'], note: '' },
    });
    driver.as(who.manager).does({ type: 'changePerson', email: who.owner, roles: ['leadAuditor'] });
    const verify = { type: 'verifyFinding', findingId: 'F-1', effective: true, note: 'Mine.' } as const;
    expect(driver.as(who.owner).refuses(verify).code).toBe('R26');
    driver.as(who.lead).does(verify);
  });

  it('is kept small: what counts no more leaves the state', () => {
    const driver = certified('2030-06-05').as(who.manager);
    driver.does({ type: 'removePerson', email: who.second });
    expect(driver.state.formerly).toEqual({ [who.second]: '2030-06-05' });
    expect(Object.keys(driver.state.workedOn ?? {})).toEqual([who.owner, who.consultant]);
    driver.until('2032-06-05').does({ type: 'removePerson', email: who.consultant });
    expect(driver.state.formerly).toEqual({ [who.consultant]: '2032-06-05' });
  });
});
