import type { Register } from '../../../db/types.ts';
import type { IsoDate, Phase } from '../../../domain/basics.ts';
import { dateAt } from '../../../domain/calendar.ts';
import type { ProgramState } from '../../../domain/state.ts';

/** What of a program's past its state does not keep: when its phases and the cycles of its certificate began. */
export interface Chronicle {
  phases: { phase: Phase; on: IsoDate }[];
  cycles: { cycle: number; from: IsoDate; lastDay: IsoDate }[];
}

/** Read once for a state: it changes with every record. */
const known = new WeakMap<ProgramState, Promise<Chronicle>>();

/** The phases and cycles that a program has gone through, oldest first. */
export function chronicleOf(register: Register, state: ProgramState): Promise<Chronicle> {
  const before = known.get(state);
  if (before) return before;
  const reading = read(register, state);
  known.set(state, reading);
  // What could not be read is read again.
  reading.catch(() => known.delete(state));
  return reading;
}

const certificates = ['CertificateIssued', 'CertificateRenewed', 'CertificateRestored', 'ProgramAdopted'] as const;

async function read(register: Register, state: ProgramState): Promise<Chronicle> {
  const told = await register.naming(state.id, [['PhaseStarted', ...certificates]]);
  const phases = told.flatMap(({ type, data, at }) =>
    type === 'PhaseStarted' ? [{ phase: data.phase, on: dateAt(at, state.calendar.timeZone) }] : [],
  );
  const cycles = told.flatMap(({ type, data }) => {
    const isCertified = type === 'CertificateIssued' || type === 'CertificateRenewed' || type === 'CertificateRestored';
    const given = isCertified || type === 'ProgramAdopted' ? data.certificate : undefined;
    if (!given) return [];
    const { cycle, validFrom: from, lastDay } = given;
    return [{ cycle, from, lastDay }];
  });
  const { certificate } = state;
  if (certificate && !cycles.some(({ cycle }) => cycle === certificate.cycle)) {
    cycles.push({ cycle: certificate.cycle, from: certificate.validFrom, lastDay: certificate.lastDay });
  }
  return { phases, cycles: cycles.sort((one, other) => one.cycle - other.cycle) };
}
