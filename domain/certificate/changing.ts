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
