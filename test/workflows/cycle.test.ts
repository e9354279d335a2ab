import { describe, expect, test } from 'vitest';
import { addDays, addMonths, addYears } from '../../domain/calendar.ts';
import type { Certificate } from '../../domain/certificate/certificate.ts';
import { audit, auditInTime, decide, reviewingTo, tasks, toCertificate } from './support/paths.ts';
import { decisionMaker } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import type { TestProgram } from './support/testProgram.ts';

const stage = stageOfFile();

describe.concurrent('a certificate', () => {
  test('is followed by a second cycle that begins by itself', async () => {
    const program = await certified(2);
    const first = await certificateOf(program);
    await auditInTime(program, 'surveillance');
    const { id } = await auditInTime(program, 'recertification');
    await decide(program, id, 'granted');

    const second = await certificateOf(program);
    expect(second).toMatchObject({ status: 'valid', cycle: 2, lastDay: addYears(first.lastDay, 2) });
    expect(await planned(program, 'surveillance')).toMatchObject([{ cycle: 2 }]);
    expect(await planned(program, 'recertification')).toMatchObject([{ cycle: 2, latestOn: second.lastDay }]);

    const runs = await program.runs();
    expect(runs.slice(-2).map(({ type }) => type)).toEqual(['surveillanceCycle', 'surveillanceCycle']);
    // A cycle comes to a fraction of what a run may hold.
    expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(4096);
    expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true });
  });

  test('lapses when nothing is done, and can be restored for a while', async () => {
    const program = await certified();
    const old = await certificateOf(program);
    await reviewingTo(program, old.lastDay);
    expect(await certificateOf(program)).toMatchObject({ status: 'valid' });
    await program.advanceTo(addDays(old.lastDay, 1));
    expect(await certificateOf(program)).toMatchObject({ status: 'lapsed', lapsedOn: old.lastDay });
    const [lapse] = await program.recordsOf('CertificateLapsed');
    expect(lapse!.at.slice(11, 16)).toMatch(/0[45]:00/);

    await reviewingTo(program, addMonths(old.lastDay, 1));
    const { id: auditId } = await audit(program, 'recertification');
    const reason = 'All that was outstanding is done';
    await program.send(decisionMaker, { type: 'restoreCertificate', auditId, reason });
    await program.settle();

    const restored = { status: 'valid', cycle: 2, validFrom: await program.today(), lastDay: addYears(old.lastDay, 1) };
    expect(await certificateOf(program)).toMatchObject(restored);
    expect(await program.state()).toMatchObject({ phase: 'surveillanceCycle', phasePlanned: true });
    expect(await tasks(program, 'decision')).toEqual([]);
    expect((await program.runs()).map(({ type }) => type).at(-1)).toBe('surveillanceCycle');
  });

  test('that is not restored is earned anew, by a Stage 2 alone', async () => {
    const program = await certified();
    const old = await certificateOf(program);
    await reviewingTo(program, addDays(addMonths(old.lastDay, 2), 1));
    expect(await program.state()).toMatchObject({ phase: 'certificationAudit', phasePlanned: true });

    const { id: auditId } = await audit(program, 'stage2');
    const restored = await program.refusal(decisionMaker, { type: 'restoreCertificate', auditId, reason: 'Please' });
    expect(restored.status).toBe(409);
    await decide(program, auditId, 'granted');

    const today = await program.today();
    expect(await certificateOf(program)).toMatchObject({ status: 'valid', initialDecisionOn: today, cycle: 2 });
    expect((await program.runs()).map(({ type }) => type).slice(-3)).toEqual([
      'surveillanceCycle',
      'certificationAudit',
      'surveillanceCycle',
    ]);
  });
});

describe.concurrent('a certificate that is withdrawn', () => {
  test('closes the program', async () => {
    const program = await certified();
    await program.send(decisionMaker, { type: 'withdrawCertificate', reason: 'The marks were misused' });
    await program.handle.result();

    expect((await program.handle.describe()).status.name).toBe('COMPLETED');
    expect((await program.records()).at(-1)).toMatchObject({ type: 'PhaseStarted', data: { phase: 'closed' } });
    expect(await stage.database.read.program(program.id)).toMatchObject({ status: 'closed', nextDue: null });
  });
});

/** A program with a certificate of a year, or of more; shorter times than a body usually gives make for less waiting. */
async function certified(validityYears = 1): Promise<TestProgram> {
  const rules = {
    validityYears,
    recertificationPreparationMonths: 2,
    recertificationAuditMonths: 1,
    restorationMonths: 2,
  };
  const program = await stage.start({ certificationBody: { name: 'Example Body', rules } });
  await toCertificate(program);
  return program;
}

async function certificateOf(program: TestProgram): Promise<Certificate> {
  return (await program.state()).certificate!;
}

/** The audits of a kind that lie ahead, the next first. */
async function planned(program: TestProgram, kind: 'surveillance' | 'recertification') {
  const audits = Object.values((await program.state()).audits);
  return audits
    .filter((one) => one.kind === kind && one.status === 'planned')
    .sort((a, b) => (a.targetOn < b.targetOn ? -1 : 1));
}
