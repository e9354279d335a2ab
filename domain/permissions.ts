import { forbidden } from './rejection.ts';
import type { Actor, CommandType, Email, InstallationRole, ProgramState, Role, UserCommand } from './types/index.ts';

const manager: readonly Role[] = ['programManager'];
const steering: readonly Role[] = ['programManager', 'sponsor', 'topManagement'];
const assessors: readonly Role[] = ['programManager', 'consultant'];
const reviewing: readonly Role[] = ['programManager', 'consultant', 'sponsor', 'internalAuditor'];
const internal: readonly Role[] = ['internalAuditor'];
const body: readonly Role[] = ['leadAuditor', 'auditor'];
const bodyDecides: readonly Role[] = ['decisionMaker'];
const organization: readonly Role[] = [
  'sponsor',
  'topManagement',
  'programManager',
  'owner',
  'consultant',
  'internalAuditor',
];

/** Who may send which command: the one table that API, page and Signal obey. A deeper rule may narrow it (R8, R9). */
export const commandRoles: Record<UserCommand['type'], readonly Role[]> = {
  changePlan: manager,
  changeScope: manager,
  pause: steering,
  resume: steering,
  cancel: steering,
  setPeople: manager,
  putAiSystem: [...manager, 'owner'],
  retireAiSystem: [...manager, 'owner'],
  reportIncident: organization,
  reportComplaint: [...organization, ...body, ...bodyDecides],
  reportSignificantChange: [...steering, 'leadAuditor', ...bodyDecides],
  rateRequirement: assessors,
  completeGapAssessment: assessors,
  setApplicability: assessors,
  openTask: [...assessors, 'internalAuditor'],
  setDependencies: assessors,
  submitEvidence: organization,
  reviewEvidence: reviewing,
  reassignTask: manager,
  extendTask: manager,
  acknowledgeTask: organization,
  waiveTask: manager,
  planAudit: [...manager, 'leadAuditor', 'decisionMaker'],
  scheduleAudit: [...manager, 'leadAuditor', 'internalAuditor'],
  recordEarlierAudit: [...manager, 'internalAuditor'],
  raiseFinding: [...internal, ...body],
  recordOutcome: [...internal, 'leadAuditor'],
  planCorrectiveAction: organization,
  reviewCorrectiveActionPlan: [...internal, ...body],
  reportCorrectiveActionDone: organization,
  verifyFinding: [...internal, ...body],
  raiseToMajor: ['leadAuditor', 'internalAuditor'],
  holdManagementReview: steering,
  recordDecision: bodyDecides,
  suspendCertificate: [...manager, 'leadAuditor', 'decisionMaker'],
  reinstateCertificate: ['leadAuditor', 'decisionMaker'],
  reduceScope: ['leadAuditor', 'decisionMaker'],
  transferCertificate: steering,
  withdrawCertificate: ['leadAuditor', 'decisionMaker'],
  restoreCertificate: bodyDecides,
};

/** The people of a program who may review what was handed in; nobody reviews what they handed in themselves. */
export function reviewers(state: Pick<ProgramState, 'people'>): Email[] {
  return state.people
    .filter(({ roles }) => roles.some((role) => commandRoles.reviewEvidence.includes(role)))
    .map(({ email }) => email);
}

/** Whether someone may read a program: everybody with a role in it, and the people who run the installation. */
export function mayRead(roles: readonly Role[], installationRole?: InstallationRole): boolean {
  return roles.length > 0 || installationRole !== undefined;
}

/** Refuses with 403 a command that the actor's roles in the program do not allow. */
export function mustBeAllowed(state: ProgramState, type: CommandType, actor: Actor): void {
  if (actor.email === 'system') return;
  const allowed = (commandRoles as Record<string, readonly Role[]>)[type];
  if (!allowed) forbidden(`${type} is sent by the program itself, not by people.`);
  const held = state.people.find((person) => person.email === actor.email)?.roles ?? [];
  if (held.some((role) => allowed.includes(role))) return;
  forbidden(
    `${type} may be sent by ${allowed.join(', ')}; ${actor.email} is ${held.join(', ') || 'not among the people'} of this program.`,
  );
}
