/** Workflow id of a program: one for life, through every phase and cycle. */
export const workflowIdOf = (programId: string): string => `program/${programId}`;
