/** The type of the error of a register that ends before what an execution has recorded, as it travels through Temporal. */
export const registerBehind = 'RegisterBehind';

/**
 * What is wrong, and what to do, when the register of a program ends at record `seq` while its execution has recorded up
 * to `executionSeq`.
 */
export function behindText(programId: string, seq: number, executionSeq: number): string {
  return (
    `The register of program ${programId} ends at record ${seq}, but its execution is at record ${executionSeq}: the ` +
    'database is an older copy than the one that it wrote to. Bring the newest database back, and the program goes on ' +
    `within a minute. Where that is lost, terminate the execution program/${programId} (in the Temporal UI, or with ` +
    `"temporal workflow terminate --workflow-id program/${programId}") and run "certloop restore": the program then goes ` +
    `on from record ${seq}.`
  );
}
