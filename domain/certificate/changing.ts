import type { IsoDate } from '../basics.ts';
import { latest } from '../calendar.ts';
import type { ProgramState } from '../state.ts';
import type { Certificate } from './certificate.ts';

/** The state with its certificate changed. A certificate that is not there is a defect of the register. */
export function changeCertificate(state: ProgramState, change: (one: Certificate) => Certificate): ProgramState {
  if (!state.certificate)
    throw new Error(
      `The register of ${state.id} names a certificate before it was issued (after record ${state.seq}).`,
    );
  return { ...state, certificate: change(state.certificate) };
}

/** R20: the state in which the body acted on a day: nothing of another body comes before its last act. */
export function actedOn(state: ProgramState, on: IsoDate): ProgramState {
  return { ...state, bodyActedOn: latest(on, state.bodyActedOn ?? on) };
}
