/** What can be wrong with the execution of an open program. */
export const executionTroubles = [
  'missing',
  'cancelled',
  'terminated',
  'held',
  'failed',
  'timedOut',
  'completed',
  'reset',
  'ahead',
  'replaced',
  'stuck',
  'paused',
  'foreign',
  'silent',
] as const;
export type ExecutionTrouble = (typeof executionTroubles)[number];

/** What is wrong, in words for operations. */
export const troubleWords: Record<ExecutionTrouble, string> = {
  missing: 'The Temporal service knows no execution of it.',
  cancelled: 'Its execution was cancelled in Temporal.',
  terminated: 'Its execution was terminated in Temporal.',
  held: 'Its execution was terminated on purpose, to be left so.',
  failed: 'Its execution failed.',
  timedOut: 'Its execution timed out.',
  completed: 'Its execution came to its end, and the register has it open: the register may be an older copy.',
  reset: 'Its execution was reset to an earlier point, and knows less than the register.',
  ahead: 'Its execution knows more than the register: the database is an older copy.',
  replaced: 'The records of the register are not the ones that its execution wrote: somebody changed them.',
  stuck: 'Its workflow tasks fail again and again.',
  paused: 'Its execution was paused in Temporal.',
  foreign: 'Something else runs in its place in Temporal:',
  silent: 'Its execution was ended and runs again, but does not answer.',
};

/** What to do about it, where it does not heal by itself. */
export const remedyWords: Record<ExecutionTrouble, string> = {
  missing: 'Check TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE; when they are right, run "certloop restore".',
  cancelled: 'Run "certloop restore".',
  terminated: 'Run "certloop restore".',
  held: 'Run "certloop restore" when it is to go on.',
  failed: 'See the failure in the Temporal UI, then run "certloop restore".',
  timedOut: 'Run "certloop restore".',
  completed: 'Bring the newest database back; where that is lost, run "certloop restore".',
  reset: 'Run "certloop restore".',
  ahead: 'Bring the newest database back; where that is lost, terminate the execution and run "certloop restore".',
  replaced: 'Bring back the database as it was, and find out who changed it ("certloop verify").',
  stuck:
    'See the failure in the Temporal UI. When it is mended, by a newer or an earlier version, the program goes on by ' +
    'itself; when its history is what fails, terminate the execution and run "certloop restore".',
  paused: 'Unpause it in the Temporal UI.',
  foreign: 'Run "certloop restore", which ends it and begins the program anew; and find out who started it.',
  silent: 'See that a worker runs. Where other programs answer, terminate the execution and run "certloop restore".',
};

/** How a program stands whose execution does not go on: it comes back by itself, somebody holds it, or somebody has to act. */
export type StandsAs = 'returns' | 'held' | 'waits';

/** What those who steer a program are told of it. */
export const standsWords: Record<StandsAs, { title: string; says: string }> = {
  returns: {
    title: 'This program is being brought back',
    says:
      'It is begun again from its records by itself, usually within a minute. Until then nothing can be recorded. Nothing ' +
      'that was recorded is lost.',
  },
  held: {
    title: 'This program is held',
    says:
      'Those who run Certloop have stopped it on purpose. Until they let it go on, nothing can be recorded, no reminder ' +
      'goes out, and no deadline is noticed. Nothing that was recorded is lost.',
  },
  waits: {
    title: 'This program stands still',
    says:
      'Until it goes on, nothing can be recorded, no reminder goes out, and no deadline is noticed. Nothing that was ' +
      'recorded is lost. Those who run Certloop see this too, with what to do.',
  },
};
