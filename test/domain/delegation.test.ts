import { describe, expect, it } from 'vitest';
import { agenda } from '../../domain/agenda/index.ts';
import type { Email, IsoDate } from '../../domain/basics.ts';
import { deputyOf } from '../../domain/people/absence.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { plainPages } from '../../identity/mailPages.ts';
import { renderMail } from '../../words/mail/render.ts';
import { isOvertaken } from '../../words/mail/stale.ts';
import { wordsOf } from '../../words/sayings/index.ts';
import { aMail } from '../support/mails.ts';
import { afterStage2, assessed, certified } from './journey.ts';
import { type Driver, people, program, who } from './support.ts';

const away = { startsOn: '2030-01-21', endsOn: '2030-02-01' } as const;

/** Olu owns nearly everything; Ova is her deputy for two weeks. */
function delegated(): Driver {
  const driver = assessed(program().until('2030-01-08'));
  driver.as(who.owner).does({ type: 'delegate', deputy: who.second, ...away, reason: 'On vacation.' });
  return driver;
}

describe('an absence', () => {
  it('has a deputy from its first day through its last, and ends by itself', () => {
    const driver = delegated();
    const deputyOn = (on: IsoDate) => deputyOf(driver.state, who.owner, on);
    expect([deputyOn('2030-01-20'), deputyOn('2030-01-21'), deputyOn('2030-02-01'), deputyOn('2030-02-02')]).toEqual([
      undefined,
      who.second,
      who.second,
      undefined,
    ]);
    driver.until('2030-02-01T23:59:59.999Z');
    expect(driver.recordsOf('DelegationEnded')).toEqual([]);
    driver.until('2030-02-02T00:00:00.000Z');
    expect(driver.recordsOf('DelegationEnded').map(({ data, actor }) => [data.why, actor])).toEqual([
      ['over', 'system'],
    ]);
    expect(driver.state.absences).toBeUndefined();
  });

  it('ends at midnight where the program is', () => {
    const driver = program({ calendar: { timeZone: 'America/New_York' } }).until('2030-01-08');
    driver.as(who.owner).does({ type: 'delegate', deputy: who.second, ...away });
    driver.until('2030-02-02T04:59:59.999Z');
    expect(driver.state.absences).toHaveLength(1);
    driver.until('2030-02-02T05:00:00.000Z');
    expect(driver.state.absences).toBeUndefined();
  });

  it('stands in the agenda', () => {
    const ends = agenda(delegated().state).filter(({ kind }) => kind === 'absence');
    expect(ends.map(({ at, title }) => [at, wordsOf(title)])).toEqual([
      ['2030-02-02T00:00:00.000Z', 'the absence of Olu ends with Friday, February 1, 2030'],
    ]);
  });

  it('is told to the deputy at once; to who is away when another arranged it', () => {
    const driver = delegated();
    expect(driver.told('delegated')).toMatchObject([
      { to: who.second, urgent: true, item: { name: 'Olu', as: 'deputy', reason: 'On vacation.' } },
    ]);
    driver.as(who.manager).does({ type: 'delegate', email: who.consultant, deputy: who.second, ...away });
    expect(driver.told('delegated').slice(1)).toMatchObject([
      { to: who.second, item: { as: 'deputy', name: 'Con' } },
      { to: who.consultant, item: { as: 'away', deputyName: 'Ova' } },
    ]);
  });

  it('can be ended early, by who is away or a program manager', () => {
    const driver = delegated();
    expect(driver.as(who.second).refuses({ type: 'endDelegation', email: who.owner }).status).toBe(403);
    expect(driver.as(who.second).refuses({ type: 'endDelegation' }).code).toBe('state');
    driver.as(who.manager).does({ type: 'endDelegation', email: who.owner });
    expect(driver.state.absences).toBeUndefined();
    driver.as(who.owner).does({ type: 'delegate', deputy: who.second, ...away });
    driver.does({ type: 'endDelegation' });
    expect(driver.recordsOf('DelegationEnded').map(({ data }) => data.why)).toEqual(['early', 'early']);
  });

  it('ends when one of the two leaves, or the deputy only looks from then on', () => {
    const leaves: UserCommand[] = [
      { type: 'removePerson', email: who.second },
      { type: 'changePerson', email: who.second, roles: ['viewer'] },
      { type: 'changePerson', email: who.second, roles: ['auditor'] },
      { type: 'setPeople', people: people.filter(({ email }) => email !== who.owner) },
    ];
    for (const leave of leaves) {
      const driver = delegated();
      driver.as(who.manager).does(leave);
      expect(
        driver.recordsOf('DelegationEnded').map(({ data }) => data.why),
        leave.type,
      ).toEqual(['left']);
      expect(driver.state.absences).toBeUndefined();
    }
  });

  it('of the former body’s people ends with a transfer', () => {
    const driver = certified('2030-06-03').until('2030-07-01');
    driver.as(who.lead).does({ type: 'delegate', deputy: who.auditor, startsOn: '2030-07-01', endsOn: '2030-07-31' });
    const to = { name: 'Northern Certification' };
    driver.as(who.manager).does({ type: 'transferCertificate', to, on: '2030-07-01', reason: 'Closer.' });
    expect(driver.state.absences).toBeUndefined();
  });
});

describe('an absence is refused', () => {
  const refusal = (command: object, by: Email = who.owner) => {
    const driver = assessed(program().until('2030-01-08'));
    return driver.as(by).refuses({ type: 'delegate', deputy: who.second, ...away, ...command } as never);
  };

  it('of another, but to a program manager; and to who only looks', () => {
    expect(refusal({ email: who.second, deputy: who.owner })).toMatchObject({ status: 403, code: 'role' });
    expect(refusal({}, who.viewer).status).toBe(403);
    expect(refusal({ email: who.stranger }, who.manager)).toMatchObject({ status: 422, code: 'unknown' });
  });

  it('with a deputy who is the same person, a stranger, of the other side, or only looks', () => {
    expect(refusal({ deputy: who.owner }).detail).toBe('deputy: nobody is their own deputy; name another person.');
    expect(refusal({ deputy: who.stranger }).code).toBe('unknown');
    expect(refusal({ deputy: who.lead }).code).toBe('independence');
    expect(refusal({ deputy: who.owner }, who.lead).code).toBe('independence');
    expect(refusal({ deputy: who.viewer }).detail).toContain('no role in which tasks can be answered');
  });

  it('on days that are over, that are no days, in the wrong order, or of more than a year', () => {
    expect(refusal({ startsOn: '2030-01-07' })).toMatchObject({ code: 'dates' });
    expect(refusal({ endsOn: '2030-01-20' })).toMatchObject({ code: 'dates' });
    expect(refusal({ endsOn: '2030-02-30' })).toMatchObject({ code: 'dates' });
    expect(refusal({ endsOn: '2031-01-22' }).detail).toContain('2031-01-22 is later than 2031-01-21');
    expect(
      assessed(program().until('2030-01-08')).as(who.owner).tries({
        type: 'delegate',
        deputy: who.second,
        startsOn: '2030-01-21',
        endsOn: '2031-01-21',
      }),
    ).toBe(true);
  });

  it('when there is one already, or the deputy is away in these days', () => {
    const driver = delegated();
    const later = { startsOn: '2030-02-04', endsOn: '2030-02-08' } as const;
    expect(driver.refuses({ type: 'delegate', deputy: who.consultant, ...later }).code).toBe('state');
    driver.as(who.consultant);
    const chained = driver.refuses({ type: 'delegate', deputy: who.owner, ...away, startsOn: '2030-02-01' });
    expect(chained.detail).toContain('Olu is away from 2030-01-21 through 2030-02-01');
    driver.does({ type: 'delegate', deputy: who.owner, startsOn: '2030-02-02', endsOn: '2030-02-08' });
  });

  it('not, but warned of, when who goes away is the deputy of others', () => {
    const driver = delegated();
    driver.as(who.second).does({ type: 'delegate', deputy: who.consultant, ...away });
    expect(driver.recordsOf('WarningNoted').at(-1)?.data.text).toBe(
      'Ova is the deputy of Olu in these days; name another deputy for them.',
    );
  });
});

describe('a deputy', () => {
  const here: UserCommand = { type: 'submitEvidence', taskId: 'T-2', links: [], note: 'Here.' };

  it('submits, acknowledges, declines and takes back for who is away, in these days only', () => {
    const driver = delegated();
    expect(driver.state.tasks['T-2']?.assignee).toBe(who.owner);
    expect(driver.as(who.second).refuses(here).status).toBe(403);
    driver.until('2030-01-21').does({ type: 'acknowledgeTask', taskId: 'T-2', expectedOn: '2030-12-02' });
    driver.does({ type: 'declineTask', taskId: 'T-2', reason: 'Legal has it.' });
    expect(driver.told('taskDeclined').at(-1)?.item.by).toBe('Ova');
    driver.does(here);
    driver.does({ type: 'takeBackEvidence', taskId: 'T-2', reason: 'A draft.' });
    expect(driver.state.tasks['T-2']).toMatchObject({ status: 'open', assignee: who.owner });
    driver.until('2030-02-02');
    expect(driver.refuses(here).status).toBe(403);
  });

  it('does not review what they submitted, whoever they did it for', () => {
    const driver = assessed(program().until('2030-01-08'));
    const days = { startsOn: '2030-01-08', endsOn: '2030-01-31' } as const;
    driver.as(who.owner).does({ type: 'delegate', deputy: who.consultant, ...days });
    driver.as(who.consultant).does(here);
    expect(driver.state.tasks['T-2']).toMatchObject({ evidence: { by: who.consultant } });
    const review = { type: 'reviewEvidence', taskId: 'T-2', verdict: 'accept', note: '' } as const;
    expect(driver.refuses(review).code).toBe('fourEyes');
    driver.as(who.manager).does(review);
  });

  it('gets no roles lent: reviews and management stay with who may', () => {
    const driver = assessed(program().until('2030-01-08'));
    const days = { startsOn: '2030-01-08', endsOn: '2030-01-31' } as const;
    driver.as(who.manager).does({ type: 'delegate', deputy: who.second, ...days });
    driver.as(who.owner).does(here);
    driver.as(who.second);
    expect(driver.refuses({ type: 'reviewEvidence', taskId: 'T-2', verdict: 'accept', note: '' }).status).toBe(403);
    expect(driver.refuses({ type: 'waiveTask', taskId: 'T-3', reason: 'No.' }).status).toBe(403);
    expect(driver.refuses({ ...here, taskId: 'T-3' }).status).toBe(403);
  });

  it('answers a nonconformity, and does not judge it', () => {
    const driver = afterStage2('minor');
    const today = driver.now.slice(0, 10) as IsoDate;
    driver.as(who.owner).does({ type: 'delegate', deputy: who.second, startsOn: today, endsOn: '2030-04-30' });
    driver.as(who.lead).does({ type: 'delegate', deputy: who.decider, startsOn: today, endsOn: '2030-04-30' });
    const plan = { correction: 'a', rootCause: 'b', similarCases: 'c', action: 'd', dueOn: '2030-04-15' } as const;
    driver.as(who.second).does({ type: 'planCorrectiveAction', findingId: 'F-1', ...plan });
    const review = { type: 'reviewCorrectiveActionPlan', findingId: 'F-1', verdict: 'accept', note: '' } as const;
    expect(driver.as(who.decider).refuses(review).status).toBe(403);
    driver.as(who.lead).does(review);
    const evidence = { links: [], note: 'Done.' };
    driver.as(who.second).does({ type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence });
  });
});

describe('mails of who is away', () => {
  it('of tasks go to the deputy too, who is told for whom; those of the program do not', () => {
    const driver = delegated().until('2030-01-21');
    const told = driver.notices.length;
    driver.as(who.manager).does({ type: 'openTask', title: 'Do', assignee: who.owner, dueOn: '2030-01-25' });
    const { id } = driver.task('manual');
    expect(driver.state.tasks[id]?.assignee).toBe(who.owner);
    const opened = driver.notices.slice(told);
    expect(opened.map(({ to, item }) => [to, item.kind, item.standsInFor])).toEqual([
      [who.owner, 'taskOpened', undefined],
      [who.second, 'taskOpened', 'Olu'],
    ]);
    driver.until('2030-01-26');
    const overdue = driver.told('taskOverdue').filter(({ item }) => item.task.id === id);
    expect(overdue.map(({ to, urgent }) => [to, urgent])).toEqual([
      [who.owner, true],
      [who.second, true],
    ]);
    driver.until('2030-02-02T12:00:00.000Z').as(who.manager);
    driver.does({ type: 'openTask', title: 'More', assignee: who.owner, dueOn: '2030-03-01' });
    expect(driver.told('taskOpened').filter(({ item }) => item.task.title === 'More')).toHaveLength(1);
  });

  it('to review go to a deputy who may, and to nobody twice or of what they did', () => {
    const driver = assessed(program().until('2030-01-08'));
    const days = { startsOn: '2030-01-08', endsOn: '2030-01-31' } as const;
    driver.as(who.manager).does({ type: 'delegate', deputy: who.sponsor, ...days });
    driver.as(who.consultant).does({ type: 'delegate', deputy: who.second, ...days });
    driver.as(who.owner).does({ type: 'submitEvidence', taskId: 'T-2', links: [], note: 'Here.' });
    expect(driver.told('evidenceToReview').map(({ to, item }) => [to, item.standsInFor])).toEqual([
      [who.manager, undefined],
      [who.consultant, undefined],
      [who.sponsor, 'Mia'],
    ]);
  });

  it('are not sent to a deputy who is none anymore when the digest leaves', () => {
    const driver = delegated().until('2030-01-21');
    driver.as(who.manager).does({ type: 'openTask', title: 'Do', assignee: who.owner, dueOn: '2030-01-25' });
    const [{ seq, item } = { seq: 0, item: undefined! }] = driver
      .told('taskOpened')
      .filter(({ to }) => to === who.second);
    const digest = () => {
      const later = driver.records.filter((record) => record.seq > seq);
      return aMail(1, { to: who.second, items: [{ seq, item }], later });
    };
    expect(isOvertaken(digest())).toBe(false);
    driver.as(who.owner).does({ type: 'endDelegation' });
    expect(isOvertaken(digest())).toBe(true);
  });

  it('say in subject and text for whom the deputy gets them', () => {
    const driver = delegated().until('2030-01-21');
    driver.as(who.manager).does({ type: 'openTask', title: 'Do', assignee: who.owner, dueOn: '2030-01-25' });
    driver.until('2030-01-26');
    const options = { pages: plainPages('https://certloop.example.org/'), standardId: 'iso-42001-2023' };
    const [digest] = driver.told('taskOpened').filter(({ item }) => item.standsInFor);
    const [urgent] = driver.told('taskOverdue').filter(({ item }) => item.standsInFor && item.task.title === 'Do');
    const asked = renderMail(aMail(1, { notices: [digest!.item] }), options);
    const late = renderMail(aMail(1, { kind: 'urgent', notices: [urgent!.item] }), options);
    for (const { subject, text, html } of [asked, late]) {
      expect(subject).toContain('for Olu');
      expect(text).toContain('You get this as the deputy of Olu, who is away.');
      expect(html).toContain('You get this as the deputy of Olu, who is away.');
    }
  });
});
