import { describe, expect, test } from 'vitest';
import type { Occasion } from '../../domain/audits/audit.ts';
import { comingAudit } from '../../domain/audits/queries.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { addDays, addYears } from '../../domain/calendar.ts';
import type { Certificate } from '../../domain/certificate/certificate.ts';
import { type Finding, needsNoAction } from '../../domain/findings/finding.ts';
import type { Person } from '../../domain/people/person.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { audit, correct, decide, tasks, toCertificate, verify } from './support/paths.ts';
import { decisionMaker, leadAuditor, manager } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import type { TestProgram } from './support/testProgram.ts';

const stage = stageOfFile();

describe.concurrent('the bad days of a certificate', () => {
  test('R18, R19: suspended over a major, looked at at short notice, reinstated once it is verified', async () => {
    const program = await certified();
    await special(program, 'complaint');
    await audit(program, 'special', { findings: [{ requirementId: '6.1.2', grade: 'major' }], result: 'maintained' });
    const [finding] = Object.values((await program.state()).findings);
    await program.advanceTo(addDays(verifyDueOn(finding!), 1));
    expect(await certificateOf(program)).toMatchObject({ status: 'suspended' });
    const [task] = await tasks(program, 'suspension');
    expect(task).toMatchObject({ assignee: manager, bodyDeadline: true });

    const reinstate = { type: 'reinstateCertificate', reason: 'It was put right' } as const;
    expect((await program.refusal(decisionMaker, reinstate)).code).toBe('R18');
    await correct(program, finding!.id);
    await verify(program, finding!.id);
    await special(program, 'suspension');
    await audit(program, 'special', { result: 'maintained' });
    // R25: the team recommends it, and somebody who did not audit decides.
    expect(await certificateOf(program)).toMatchObject({ status: 'suspended' });
    await program.send(decisionMaker, reinstate);
    expect(await certificateOf(program)).toMatchObject({ status: 'valid' });
    expect(await tasks(program, 'suspension')).toEqual([]);
  });

  test('R18: suspended and not resolved, it is withdrawn, and the program closes thirty days later', async () => {
    const program = await certified();
    await program.send(decisionMaker, { type: 'suspendCertificate', reason: 'Marks were misused', ground: 'failure' });
    const [suspended] = await program.recordsOf('CertificateSuspended');
    const { untilOn } = suspended!.data;
    await program.advanceTo(untilOn);
    expect(await certificateOf(program)).toMatchObject({ status: 'suspended' });
    await stage.gateway.advance(program.id, () => `${addDays(untilOn, 1)}T15:00:00.000Z`);
    expect(await certificateOf(program)).toMatchObject({ status: 'withdrawn' });
    await stage.gateway.advance(program.id, () => `${addDays(untilOn, 31)}T15:00:00.000Z`);
    expect(await stage.database.read.program(program.id)).toMatchObject({ status: 'closed' });
    await program.handle.result();
  });

  test('R19, R20: extended in scope, transferred to another body, and recertified by it after a refusal', async () => {
    const program = await certified();
    const first = await certificateOf(program);
    const scope = { statement: 'The assistant and the chat' };
    const applied = { type: 'planAudit', kind: 'special', occasion: 'scopeExtension', scope } as const;
    await program.send(manager, { ...applied, targetOn: await program.today(), reason: 'The chat joins' });
    const { id: extension } = await audit(program, 'special');
    await decide(program, extension, 'granted');
    expect(await certificateOf(program)).toMatchObject({ scope, lastDay: first.lastDay, cycle: 1 });
    expect((await program.state()).decision).toBeUndefined();

    const to = { name: 'Second Body' };
    const on = await program.today();
    await program.send(manager, { type: 'transferCertificate', to, on, reason: 'It is nearer' });
    const people = [...(await program.state()).people, ...newBody];
    await program.send(manager, { type: 'setPeople', people });
    expect((await program.refusal(leadAuditor, { type: 'suspendCertificate', reason: 'No' })).status).toBe(403);

    await recertificationAudit(program);
    await decideAnew(program, 'refused');
    expect(await certificateOf(program)).toMatchObject({ status: 'valid', cycle: 1 });
    const again = { type: 'planAudit', kind: 'recertification', reason: 'Better now' } as const;
    await program.send(manager, { ...again, targetOn: addDays(await program.today(), 5) });
    await recertificationAudit(program);
    await decideAnew(program, 'granted');
    // R33: a year before the old one ends, the new cycle begins with the decision; the second body's are of three years.
    const lastDay = addDays(addYears(await program.today(), 3), -1);
    expect(await certificateOf(program)).toMatchObject({ status: 'valid', cycle: 2, lastDay });
    expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true });
  });

  test('R15: after a significant change it is recertified once a Stage 1 was ready', async () => {
    const program = await certified();
    await program.send(manager, { type: 'reportSignificantChange', description: 'Two companies became one' });
    const recertification = comingAudit(await program.state(), 'recertification');
    const { id: auditId, targetOn: on } = recertification!;
    const early: UserCommand = { type: 'scheduleAudit', auditId, startsOn: on, endsOn: on, team: [leadAuditor] };
    expect((await program.refusal(leadAuditor, early)).code).toBe('R15');
    await audit(program, 'stage1', { result: 'notReady' });
    await audit(program, 'stage1', { result: 'ready' });
    const { id } = await audit(program, 'recertification');
    await decide(program, id, 'granted');
    expect(await certificateOf(program)).toMatchObject({ status: 'valid', cycle: 2 });
    expect((await program.state()).significantChange).toBeUndefined();
  });
});

const newBody: Person[] = [
  { email: 'leo@second.example', name: 'Leo', roles: ['leadAuditor'] },
  { email: 'dora@second.example', name: 'Dora', roles: ['decisionMaker'] },
];

/** A program with a certificate of a year, so that it does not become long. */
async function certified(): Promise<TestProgram> {
  const rules = { validityYears: 1, recertificationPreparationMonths: 2, recertificationAuditMonths: 1 };
  const program = await stage.start({ certificationBody: { name: 'Example Body', rules } });
  await toCertificate(program);
  return program;
}

async function special(program: TestProgram, occasion: Occasion): Promise<void> {
  const planned = { type: 'planAudit', kind: 'special', occasion, reason: 'There is cause' } as const;
  await program.send(leadAuditor, { ...planned, targetOn: await program.today() });
}

/** The coming recertification audit, tomorrow, by the second body. */
async function recertificationAudit(program: TestProgram): Promise<void> {
  const { id: auditId } = comingAudit(await program.state(), 'recertification')!;
  const startsOn = addDays(await program.today(), 1);
  const lead = newBody[0]!.email;
  await program.send(manager, { type: 'scheduleAudit', auditId, startsOn, endsOn: startsOn, team: [lead] });
  await program.advanceTo(startsOn);
  await program.send(lead, { type: 'recordOutcome', auditId, result: 'completed', note: '' });
  await program.settle();
}

/** Takes the decision that the second body is asked for. */
async function decideAnew(program: TestProgram, decision: 'granted' | 'refused'): Promise<void> {
  const asked = await tasks(program, 'decision');
  expect(asked).toMatchObject([{ assignee: newBody[1]!.email }]);
  const auditId = asked[0]!.auditId as string;
  await program.send(newBody[1]!.email, { type: 'recordDecision', auditId, decision, basis: 'The report' });
  await program.settle();
}

async function certificateOf(program: TestProgram): Promise<Certificate> {
  return (await program.state()).certificate!;
}

/** R7: the day on which the verification of a finding is due. */
function verifyDueOn(finding: Finding): IsoDate {
  if (needsNoAction(finding) || !finding.verifyDueOn) throw new Error(`${finding.id} asks for no verification.`);
  return finding.verifyDueOn;
}
