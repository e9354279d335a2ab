import { expect, test } from 'vitest';
import type { AdoptedCertificate, Adoption } from '../../domain/adoption/adoption.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { addDays, addMonths, addYears, dateAt } from '../../domain/calendar.ts';
import { fold } from '../../domain/fold.ts';
import { audit, auditInTime, correct, decide, review, tasks, verify } from './support/paths.ts';
import { internalAuditor, leadAuditor, manager, owner } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import type { TestProgram } from './support/testProgram.ts';

const stage = stageOfFile();

/** The world's date where the programs are; their clocks begin with it. */
const today = (): IsoDate => dateAt(new Date().toISOString(), 'America/New_York');
const monthsAgo = (months: number): IsoDate => addMonths(today(), -months);

function certificateOf(months: number): AdoptedCertificate {
  const decidedOn = monthsAgo(months);
  return { number: 'C-7', status: 'valid', decidedOn, lastDay: addDays(addYears(decidedOn, 3), -1), cycle: 1 };
}

const takenOver = (adopt: Adoption): Promise<TestProgram> => stage.start({ plan: { startsOn: monthsAgo(30) }, adopt });

test('R15 a certificate taken over in its second year goes into its next cycle', async () => {
  const certificate = certificateOf(16);
  const held = monthsAgo(5);
  const program = await takenOver({
    phase: 'surveillanceCycle',
    certificate,
    audits: [{ kind: 'surveillance', startsOn: held, endsOn: held, result: 'maintained', team: [leadAuditor] }],
    openFindings: [
      {
        raisedIn: 'surveillance',
        raisedOn: held,
        requirementId: '7.2',
        grade: 'minor',
        statement: 'Records of training are missing.',
        status: 'planAccepted',
        plan: { correction: 'Found', rootCause: 'Lost', action: 'Keep them', dueOn: addMonths(today(), 1) },
      },
    ],
    internalAuditOn: monthsAgo(6),
  });

  // It is in its phase from the first run on: no run of another phase came before.
  await program.settle();
  expect((await program.runs()).map(({ type }) => type)).toEqual(['surveillanceCycle']);
  expect(await program.state()).toMatchObject({ status: 'active', phase: 'surveillanceCycle', phasePlanned: true });
  expect((await tasks(program, 'correctiveAction')).map(({ findingId }) => findingId)).toEqual(['F-1']);
  expect(await tasks(program, 'earlierAudit')).toEqual([]);
  expect(await tasks(program, 'managementReview')).toHaveLength(1);

  await review(program);
  const evidence = { links: [], note: 'They are kept' };
  await program.send(manager, { type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence });
  await verify(program, 'F-1');
  const surveillance = await auditInTime(program, 'surveillance');
  expect(surveillance).toMatchObject({ status: 'held', latestRule: 'R11', cycle: 1 });
  const recertification = await auditInTime(program, 'recertification');
  await decide(program, recertification.id, 'granted');

  const { certificate: next, phase } = await program.state();
  expect(phase).toBe('surveillanceCycle');
  expect(next).toMatchObject({
    cycle: 2,
    initialDecisionOn: certificate.decidedOn,
    validFrom: addDays(certificate.lastDay, 1),
    lastDay: addDays(addYears(addDays(certificate.lastDay, 1), 3), -1),
  });
  // Two cycles, in as many runs as their histories take.
  const phases = (await program.runs()).map(({ type }) => type);
  expect(phases.length).toBeGreaterThanOrEqual(2);
  expect(new Set(phases)).toEqual(new Set(['surveillanceCycle']));
  expect(await program.recordsOf('AuditMissed')).toEqual([]);
  expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true });
  expect(JSON.parse(JSON.stringify(fold(await program.records())))).toEqual(
    JSON.parse(JSON.stringify(await program.state())),
  );
});

test('R3 a program taken over between Stage 1 and Stage 2 is certified from there', async () => {
  const stage1On = monthsAgo(2);
  const program = await takenOver({
    phase: 'certificationAudit',
    audits: [{ kind: 'stage1', startsOn: stage1On, endsOn: stage1On, result: 'ready', team: [leadAuditor] }],
    managementReviewOn: monthsAgo(3),
    ratings: [{ requirementId: '7.2', status: 'conforms', priority: 'low', gap: '', effortDays: 0, owner }],
  });
  await program.settle();
  const { phase, phasePlanned, audits } = await program.state();
  expect([phase, phasePlanned]).toEqual(['certificationAudit', true]);
  expect(Object.values(audits).map(({ kind, status }) => [kind, status])).toEqual([
    ['stage1', 'held'],
    ['stage2', 'planned'],
  ]);
  const heldOn = monthsAgo(4);
  await program.send(manager, {
    type: 'recordEarlierAudit',
    startsOn: heldOn,
    endsOn: heldOn,
    team: [internalAuditor],
  });
  expect(await tasks(program, 'earlierAudit')).toEqual([]);

  const { id } = await audit(program, 'stage2', { findings: [{ requirementId: '7.2', grade: 'minor' }] });
  const finding = Object.keys((await program.state()).findings)[0] as string;
  await correct(program, finding);
  await decide(program, id, 'grantedWithCorrectiveAction');
  expect(await program.state()).toMatchObject({
    phase: 'surveillanceCycle',
    certificate: { cycle: 1, decidedOn: await program.today() },
  });
  expect((await program.runs()).map(({ type }) => type)).toEqual(['certificationAudit', 'surveillanceCycle']);
});

test('what cannot be taken over is refused before anything is started', async () => {
  const program = stage.program({
    plan: { startsOn: monthsAgo(60) },
    adopt: { phase: 'surveillanceCycle', certificate: certificateOf(48) },
  });
  await expect(stage.gateway.start(program.definition, { email: manager }, 'start')).rejects.toMatchObject({
    status: 422,
    code: 'R17',
  });
  await expect(program.handle.describe()).rejects.toThrow();
  expect(await stage.database.read.program(program.id)).toBeUndefined();
});
