/** What there is to read of a program, each with what it holds. The table of readers has a line for each. */
export const subjects = {
  summary:
    'The program: its name, organization, standard, phase, status, clock and calendar, its pauses and their reasons',
  scope: 'The scope, now and before',
  people: 'The people: names, addresses and roles',
  absence: 'Who is away, who stands in for them, and why',
  rules: "The numbers of the certification body's rules",
  certificate: 'The certificate and what happened to it',
  audit: 'The audits: kinds, dates, teams',
  auditResult: 'What an audit came to, the decision that rests on it, and why',
  finding: 'A finding: its statement, plan, corrective action and verification',
  managementReview: 'The minutes of a management review',
  aiSystem: 'The AI systems',
  applicability: 'The statement of applicability, as it is and as it was frozen',
  gapAssessment: 'The ratings of the gap assessment, and what is lacking',
  acceptedEvidence: 'Accepted evidence of a requirement or an AI system, with its files',
  submission: 'Evidence in review, sent back or taken back, and evidence for a task of another kind',
  draft: 'A draft of an answer that was not submitted',
  task: 'A task: what is asked of whom, by when, its status',
  taskHistory: 'What happened to a task, and the reasons that were given',
  escalation: 'Who is reminded and who is told of a task when',
  round: 'The days on which reviews and renewals come around',
  plan: 'The plan and those before it, preparations, progress',
  readiness: 'How ready the program is, and whether it is at risk',
  incident: 'An incident',
  complaint: 'A complaint',
  significantChange: 'A significant change',
  change: 'What a change was found to affect',
  warning: 'What the program warned of',
  mail: 'A mail: to whom, when, how it was delivered',
  mailText: 'What a mail says',
  definition: 'What the program was started or taken over with',
  rejection: 'Messages to the program that were refused',
  register: 'Whether the register is as it was written, and how many records it has',
} as const satisfies Record<string, string>;

export type Subject = keyof typeof subjects;

/** Something of a subject, as far as it matters who reads it. */
export interface Topic {
  subject: Subject;
  task?: string | undefined;
  audit?: string | undefined;
  finding?: string | undefined;
  requirement?: string | undefined;
  system?: string | undefined;
  /** The record with which evidence was submitted. */
  submission?: number | undefined;
  /** The command that recorded it. */
  command?: string;
  /** Who recorded it, when it is a record. */
  by?: string;
  /** To whom it is addressed. */
  to?: readonly string[];
  /** A person, of the subject `people`. */
  person?: { email: string; roles: readonly string[] };
}
