/** The type of the error of a register that does not hold what an execution has recorded, as it travels through Temporal. */
export const registerBehind = 'RegisterBehind';

/** The type of the error of a register that cannot be written just now. */
export const registerAway = 'RegisterAway';

/** The type of the error of a register that refuses what is to be written, and always will. */
export const registerRefused = 'RegisterRefused';

/**
 * What is wrong, and what to do, when the register of a program ends at record `seq` while its execution has recorded up
 * to `executionSeq`.
 */
export function behindText(programId: string, seq: number, executionSeq: number): string {
  return (
    `The register of program ${programId} ends at record ${seq}, but its execution is at record ${executionSeq}: the ` +
    'database is an older copy than the one that it wrote to. Bring the newest database back, and the program goes on ' +
    `within a minute. Where that is lost, ${goOnFrom(programId)}: the program then goes on from record ${seq}.`
  );
}

/**
 * What is wrong, and what to do, when the register of a program has another record `seq` than the one that its execution
 * recorded: somebody changed the records, or put those of another copy in their place.
 */
export function replacedText(programId: string, seq: number): string {
  return (
    `The register of program ${programId} has another record ${seq} than the one that its execution recorded: the records ` +
    'were changed or replaced. Nothing is recorded over them. Find out who did it ("certloop verify --against" with a ' +
    'checkpoint says from which record on), and bring back a database in which they are as they were: the program goes on ' +
    `within a minute. Where what is there now shall count, ${goOnFrom(programId)}.`
  );
}

function goOnFrom(programId: string): string {
  return (
    `terminate the execution program/${programId} (in the Temporal UI, or with ` +
    `"temporal workflow terminate --workflow-id program/${programId}") and run "certloop restore"`
  );
}
