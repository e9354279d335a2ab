import { describe, expect, it } from 'vitest';
import { renderMail } from '../../domain/mail/render.ts';
import { isOvertaken } from '../../domain/mail/stale.ts';
import type { MailInput } from '../../domain/mail/types.ts';
import type { Email, UserCommand } from '../../domain/types/index.ts';
import { assessed } from './journey.ts';
import { type Driver, people, program, who } from './support.ts';

/** What is told until the next 08:00, as the courier would find it then. */
function digestOf(driver: Driver, to: Email, from: number): MailInput {
  const own = driver.notices.filter((notice) => notice.to === to && !notice.urgent && notice.seq > from);
  const items = own.map(({ seq, item }) => ({ seq, item }));
  const { id: programId, name: programName, organization } = driver.state;
  const later = driver.records.filter(({ seq }) => seq > (items[0]?.seq ?? 0));
  return { programId, programName, organization, to, kind: 'digest', dueAt: '2030-01-08T08:00:00.000Z', items, later };
}

const render = (mail: MailInput) => renderMail(mail, { publicUrl: 'https://certloop.example.org' });

/** A task of Olu's, asked for today, and what was told since. */
function asked(title = 'Write the policy') {
  const driver = assessed(program()).as(who.manager);
  const from = driver.state.seq;
  driver.does({ type: 'openTask', title, assignee: who.owner, dueOn: '2030-04-01' });
  const taskId = driver.task('manual').id;
  const handIn: UserCommand = { type: 'submitEvidence', taskId, links: [], note: 'Here.' };
  const of = (email: Email) => digestOf(driver, email, from);
  return { driver, taskId, handIn, of };
}

describe('a digest asks for nothing that', () => {
  it('was handed in, accepted or waived before it leaves', () => {
    const { driver, taskId, handIn, of } = asked();
    expect(render(of(who.owner)).text).toContain('ASKED OF YOU');
    driver.as(who.owner).does(handIn);
    expect(isOvertaken(of(who.owner))).toBe(true);
    expect(render(of(who.manager)).text).toContain('WAITING FOR YOUR REVIEW');
    expect(render(of(who.consultant)).text).toContain('WAITING FOR YOUR REVIEW');
    driver.as(who.sponsor).does({ type: 'reviewEvidence', taskId, verdict: 'accept', note: '' });
    expect(isOvertaken(of(who.manager))).toBe(true);
    expect(isOvertaken(of(who.consultant))).toBe(true);
    expect(render(of(who.owner)).subject).toContain('accepted, nothing more to do');
  });

  it('was sent back, for those who review', () => {
    const { driver, taskId, handIn, of } = asked();
    driver.as(who.owner).does(handIn);
    driver.as(who.consultant).does({ type: 'reviewEvidence', taskId, verdict: 'reject', note: 'Unsigned.' });
    expect(isOvertaken(of(who.manager))).toBe(true);
    expect(render(of(who.owner)).text).toContain('Unsigned.');
    driver.as(who.manager).does({ type: 'waiveTask', taskId, reason: 'Not needed.' });
    const { text } = render(of(who.owner));
    expect(text).not.toContain('ASKED OF YOU');
    expect(text).toContain('waived');
  });

  it('is another’s by then, and says whose; nor when it comes back', () => {
    const { driver, taskId, of } = asked();
    driver.does({ type: 'reassignTask', taskId, to: who.second });
    expect(render(of(who.second)).text).toContain('ASKED OF YOU');
    const handedOn = render(of(who.owner));
    expect(handedOn.text).not.toContain('ASKED OF YOU');
    expect(handedOn.subject).toContain('Write the policy: handed on, nothing more for you to do');
    driver.does({ type: 'reassignTask', taskId, to: who.owner });
    expect(render(of(who.second)).text).not.toContain('ASKED OF YOU');
    expect(render(of(who.owner)).text).toContain('ASKED OF YOU');
    expect(render(of(who.owner)).text).not.toContain('handed on');
  });

  it('fell to the manager, of those who left', () => {
    const { driver, of } = asked();
    driver.does({ type: 'setPeople', people: people.filter(({ email }) => email !== who.owner) });
    expect(isOvertaken(of(who.owner))).toBe(true);
    expect(render(of(who.manager)).text).toContain('Write the policy');
  });
});

describe('a digest names', () => {
  it('the due date that a task has when it leaves, once', () => {
    const { driver, taskId, of } = asked();
    for (const dueOn of ['2030-05-01', '2030-06-03'])
      driver.does({ type: 'extendTask', taskId, dueOn, reason: 'Ill.' });
    const { subject, text } = render(of(who.owner));
    expect(subject).toContain('June 3, 2030');
    expect(text).toContain('By when: Monday, June 3, 2030');
    expect(text).not.toContain('April 1');
    expect(text).not.toContain('May 1');
    expect(text.match(/new due date/g)).toHaveLength(1);
  });

  it('the due date that a new plan gives', () => {
    const { driver, of } = asked();
    driver.does({ type: 'changePlan', phases: { implementation: 'P8M' }, reason: 'More time.' });
    const { dueOn } = driver.task('manual');
    expect(dueOn).not.toBe('2030-04-01');
    const item = of(who.owner).items.find(({ item }) => item.kind === 'taskOpened');
    expect(item).toBeDefined();
    expect(render(of(who.owner)).text).not.toContain('By when: Monday, April 1, 2030');
  });

  it('no reminder of a due date that was moved', () => {
    const { driver, taskId } = asked();
    driver.until('2030-03-18T12:00:00.000Z').as(who.manager);
    const reminded = driver.recordsOf('TaskReminded').findLast(({ data }) => data.taskId === taskId)!;
    const of = () => digestOf(driver, who.owner, reminded.seq - 1);
    const reminders = () => render(of()).text.split('REMINDER')[1] ?? '';
    expect(reminders()).toContain('Write the policy');
    driver.does({ type: 'extendTask', taskId, dueOn: '2030-06-03', reason: 'Ill.' });
    expect(reminders()).not.toContain(`tasks/${taskId}/acknowledge`);
    expect(render(of()).text).toContain('new due date, Monday, June 3, 2030');
  });
});
