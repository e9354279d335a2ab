import { describe, expect, it } from 'vitest';
import type { Email } from '../../domain/basics.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { plainPages } from '../../identity/mailPages.ts';
import { renderMail } from '../../words/mail/render.ts';
import { isOvertaken } from '../../words/mail/stale.ts';
import type { MailInput } from '../../words/mail/types.ts';
import { longDay } from '../../words/when.ts';
import { assessed } from './journey.ts';
import { type Driver, people, program, who } from './support.ts';

/** What is told until the next 08:00, as the courier would find it then. */
function digestOf(driver: Driver, to: Email, from: number): MailInput {
  const own = driver.notices.filter((notice) => notice.to === to && !notice.urgent && notice.seq > from);
  const items = own.map(({ seq, item }) => ({ seq, item }));
  const { id: programId, name: programName, organization } = driver.state;
  const later = driver.records.filter(({ seq }) => seq > (items[0]?.seq ?? 0));
  const where = { programId, programName, organization, timeZone: driver.state.calendar.timeZone };
  return { ...where, to, kind: 'digest', dueAt: '2030-01-08T08:00:00.000Z', items, later };
}

/** What a mail says that asks for the task. */
const asks = 'What to do: Do what the title says, and submit evidence of it.';
const render = (mail: MailInput) => renderMail(mail, { pages: plainPages('https://certloop.example.org') });

/** A task of Olu's, asked for today, and what was told since. */
function asked(title = 'Write the policy') {
  const driver = assessed(program()).as(who.manager);
  const from = driver.state.seq;
  driver.does({ type: 'openTask', title, assignee: who.owner, dueOn: '2030-04-01' });
  const taskId = driver.task('manual').id;
  const submission: UserCommand = { type: 'submitEvidence', taskId, links: [], note: 'Here.' };
  const of = (email: Email) => digestOf(driver, email, from);
  return { driver, taskId, submission, of };
}

describe('a digest asks for nothing that', () => {
  it('was submitted, accepted or waived before it leaves', () => {
    const { driver, taskId, submission, of } = asked();
    expect(render(of(who.owner)).text).toContain(asks);
    driver.as(who.owner).does(submission);
    expect(isOvertaken(of(who.owner))).toBe(true);
    expect(render(of(who.manager)).text).toContain('Review:\n');
    expect(render(of(who.consultant)).text).toContain('Review:\n');
    driver.as(who.sponsor).does({ type: 'reviewEvidence', taskId, verdict: 'accept', note: '' });
    expect(isOvertaken(of(who.manager))).toBe(true);
    expect(isOvertaken(of(who.consultant))).toBe(true);
    expect(render(of(who.owner)).subject).toContain('accepted, nothing more to do');
  });

  it('was sent back, for those who review', () => {
    const { driver, taskId, submission, of } = asked();
    driver.as(who.owner).does(submission);
    driver.as(who.consultant).does({ type: 'reviewEvidence', taskId, verdict: 'reject', note: 'Unsigned.' });
    expect(isOvertaken(of(who.manager))).toBe(true);
    expect(render(of(who.owner)).text).toContain('Unsigned.');
    driver.as(who.manager).does({ type: 'waiveTask', taskId, reason: 'Not needed.' });
    const { text } = render(of(who.owner));
    expect(text).not.toContain(asks);
    expect(text).toContain('waived');
  });

  it('was taken back, for those who review, and asks its assignee again', () => {
    const { driver, taskId, submission, of } = asked();
    driver.as(who.owner).does(submission);
    driver.does({ type: 'takeBackEvidence', taskId, reason: 'That was a draft.' });
    expect(isOvertaken(of(who.manager))).toBe(true);
    expect(isOvertaken(of(who.consultant))).toBe(true);
    expect(render(of(who.owner)).text).toContain(asks);
    driver.does(submission);
    expect(render(of(who.manager)).text).toContain('Review:\n');
  });

  it('was declined and then reassigned', () => {
    const { driver, taskId, of } = asked();
    driver.as(who.owner).does({ type: 'declineTask', taskId, reason: 'Legal writes it.' });
    const { subject, text } = render(of(who.manager));
    expect(subject).toContain('Write the policy');
    expect(text).toContain('Legal writes it.');
    expect(text).toContain(`Reassign:\nhttps://certloop.example.org/programs/p-1/tasks/${taskId}\n`);
    expect(render(of(who.owner)).text).toContain(asks);
    driver.as(who.manager).does({ type: 'reassignTask', taskId, to: who.second });
    expect(isOvertaken(of(who.manager))).toBe(true);
  });

  it('is another’s by then, and says whose; nor when it comes back', () => {
    const { driver, taskId, of } = asked();
    driver.does({ type: 'reassignTask', taskId, to: who.second });
    expect(render(of(who.second)).text).toContain(asks);
    const reassigned = render(of(who.owner));
    expect(reassigned.text).not.toContain(asks);
    expect(reassigned.subject).toContain('Write the policy: reassigned, nothing more for you to do');
    driver.does({ type: 'reassignTask', taskId, to: who.owner });
    expect(render(of(who.second)).text).not.toContain(asks);
    expect(render(of(who.owner)).text).toContain(asks);
    expect(render(of(who.owner)).text).not.toContain('reassigned');
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
    for (const dueOn of ['2030-05-01', '2030-06-03'] as const)
      driver.does({ type: 'extendTask', taskId, dueOn, reason: 'Ill.' });
    const { subject, text } = render(of(who.owner));
    expect(subject).toContain('June 3, 2030');
    expect(text).toContain('Due: Monday, June 3, 2030');
    expect(text).not.toContain('April 1');
    expect(text).not.toContain('May 1');
    expect(text.match(/extended, now due on/g)).toHaveLength(1);
  });

  it('the due date that a new plan gives', () => {
    const { driver, of } = asked();
    driver.does({ type: 'changePlan', phases: { implementation: 'P8M' }, reason: 'More time.' });
    const { dueOn } = driver.task('manual');
    expect(dueOn).not.toBe('2030-04-01');
    const item = of(who.owner).items.find(({ item }) => item.kind === 'taskOpened');
    expect(item).toBeDefined();
    expect(render(of(who.owner)).text).not.toContain('Due: Monday, April 1, 2030');
  });

  it('one due date of a task, however often the plan was changed', () => {
    const { driver, of } = asked();
    const dates = (['P8M', 'P10M'] as const).map((implementation) => {
      driver.does({ type: 'changePlan', phases: { implementation }, reason: 'More time.' });
      return longDay(driver.task('manual').dueOn);
    });
    const { text } = render(of(who.owner));
    const lines = text.split('\n').filter((line) => line.includes('Write the policy: '));
    expect(new Set(dates).size).toBe(2);
    expect(lines.every((line) => line.includes(dates[1]!))).toBe(true);
    expect(text).not.toContain(dates[0]!);
  });

  it('no reminder of a due date that was moved', () => {
    const { driver, taskId } = asked();
    driver.until('2030-03-18T12:00:00.000Z').as(who.manager);
    const reminded = driver.recordsOf('TaskReminded').findLast(({ data }) => data.taskId === taskId)!;
    const of = () => digestOf(driver, who.owner, reminded.seq - 1);
    const isReminded = () => render(of()).text.includes('If you need more time');
    expect(render(of()).subject).toContain('Write the policy');
    expect(isReminded()).toBe(true);
    driver.does({ type: 'extendTask', taskId, dueOn: '2030-06-03', reason: 'Ill.' });
    expect(isReminded()).toBe(false);
    expect(render(of()).text).toContain('extended, now due on Monday, June 3, 2030');
  });
});

describe('a digest has no news for somebody', () => {
  const steered = () => assessed(program()).as(who.manager);

  it('who has left, but that of what was theirs', () => {
    const driver = steered();
    const from = driver.state.seq;
    driver.does({ type: 'changePlan', phases: { implementation: 'P8M' }, reason: 'More time.' });
    const of = () => digestOf(driver, who.owner, from);
    driver.does({ type: 'openTask', title: 'Write the policy', assignee: who.owner, dueOn: '2030-04-01' });
    driver.does({ type: 'openTask', title: 'Write it again', assignee: who.owner, dueOn: '2030-04-01' });
    expect(isOvertaken(of())).toBe(false);
    driver.does({ type: 'removePerson', email: who.owner, reason: 'Left.' });
    expect(isOvertaken(of())).toBe(true);
  });

  it('of a role that they have lost', () => {
    const driver = steered();
    const from = driver.state.seq;
    driver.as(who.owner);
    driver
      .as(who.manager)
      .does({ type: 'openTask', title: 'Write the policy', assignee: who.owner, dueOn: '2030-04-01' });
    const taskId = driver.task('manual').id;
    driver.as(who.owner).does({ type: 'submitEvidence', taskId, links: [], note: 'Here.' });
    const of = () => digestOf(driver, who.consultant, from);
    expect(render(of()).text).toContain('Review:\n');
    driver.as(who.manager).does({ type: 'changePerson', email: who.consultant, roles: ['viewer'] });
    expect(render(of()).text).not.toContain('Review:\n');
    expect(render(of()).text).toContain('now as viewer');
  });
});
