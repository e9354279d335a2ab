import { addDays } from '../../../domain/calendar.ts';
import {
  audit,
  auditInTime,
  correct,
  decide,
  deliverEvidence,
  review,
  tasks,
  toGapAssessment,
  toImplementation,
  verify,
} from './paths.ts';
import { decisionMaker, internalAuditor, manager, owner, sponsor } from './people.ts';
import type { Stage } from './stage.ts';
import type { TestProgram } from './testProgram.ts';

/**
 * A life of a program that comes through every phase and takes most turns a story can take, with a certificate of two
 * years so that it does not become long: from the plan to the second cycle, in which the certificate is withdrawn.
 */
export async function life(stage: Stage): Promise<TestProgram> {
  const program = await stage.start({ certificationBody: { name: 'Example Body', rules: { validityYears: 2 } } });
  await gapAssessment(program);
  await implementation(program);
  await internalAudit(program);
  await certificationAudit(program);
  await cycle(program);
  await withdrawal(program);
  return program;
}

async function gapAssessment(program: TestProgram): Promise<void> {
  await program.send(manager, { type: 'changePlan', startsOn: '2030-01-14', reason: 'The consultant is ill' });
  await program.advanceTo('2030-01-14');
  await toGapAssessment(program);
  const pause = { type: 'pause', reason: 'Moving house' };
  await program.signal({ commandId: 'not-hers', actor: { email: owner }, command: pause });
  await program.signal({ commandId: 'hers', actor: { email: sponsor }, command: pause });
  await program.advanceTo('2030-01-28');
  await program.send(sponsor, { type: 'resume', reason: 'Moved' });
  await toImplementation(program);
}

async function implementation(program: TestProgram): Promise<void> {
  const [first] = await tasks(program, 'evidence');
  const taskId = first!.id;
  await program.advanceTo(addDays(first!.dueOn, 5));
  await program.send(owner, { type: 'submitEvidence', taskId, links: [], note: 'Half of it' });
  await program.send(manager, { type: 'reviewEvidence', taskId, verdict: 'reject', note: 'And the other half?' });
  await deliverEvidence(program);
}

async function internalAudit(program: TestProgram): Promise<void> {
  const held = await audit(program, 'internal', { findings: [{ requirementId: '7.2', grade: 'minor' }] });
  await review(program);
  const finding = await findingOf(program, held.id);
  await correct(program, finding, internalAuditor);
  await verify(program, finding, internalAuditor);
}

async function certificationAudit(program: TestProgram): Promise<void> {
  await audit(program, 'stage1', { result: 'notReady', findings: [{ requirementId: '8.1', grade: 'concern' }] });
  const [concern] = await tasks(program, 'concern');
  const taskId = concern!.id;
  await program.send(owner, { type: 'submitEvidence', taskId, links: [], note: 'Planned' });
  await program.send(manager, { type: 'reviewEvidence', taskId, verdict: 'accept', note: '' });
  await audit(program, 'stage1', { result: 'ready' });
  const stage2 = await audit(program, 'stage2', { findings: [{ requirementId: '6.1.2', grade: 'major' }] });
  await decide(program, stage2.id, 'delayed');
  const finding = await findingOf(program, stage2.id);
  await correct(program, finding);
  await verify(program, finding);
  await decide(program, stage2.id, 'granted');
}

async function cycle(program: TestProgram): Promise<void> {
  await auditInTime(program, 'surveillance');
  const { id } = await auditInTime(program, 'recertification');
  await decide(program, id, 'granted');
}

async function withdrawal(program: TestProgram): Promise<void> {
  await program.send(decisionMaker, { type: 'suspendCertificate', reason: 'Marks were misused' });
  await program.send(decisionMaker, { type: 'withdrawCertificate', reason: 'And misused again' });
  await program.handle.result();
}

async function findingOf(program: TestProgram, auditId: string): Promise<string> {
  return Object.values((await program.state()).findings).find((finding) => finding.auditId === auditId)!.id;
}
