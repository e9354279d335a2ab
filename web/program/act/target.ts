import type { Known } from '../../../domain/offers/asked.ts';
import type { CommandType } from '../../../domain/registry.ts';

/** Where commands belong that name nothing with a page of its own. */
const places: Partial<Record<CommandType, string>> = {
  setPeople: '/people',
  addPerson: '/people',
  putInCharge: '/people',
  changePerson: '/people',
  removePerson: '/people',
  delegate: '/people',
  endDelegation: '/people',
  putAiSystem: '/systems',
  retireAiSystem: '/systems',
  changeCalendar: '/calendar',
  openTask: '/tasks',
  correctIncident: '/reports',
  correctComplaint: '/reports',
  correctManagementReview: '/reports',
  planAudit: '/audits',
  recordEarlierAudit: '/audits',
  rateRequirement: '/requirements',
  setApplicability: '/requirements',
  suspendCertificate: '/certificate',
  reinstateCertificate: '/certificate',
  reduceScope: '/certificate',
  transferCertificate: '/certificate',
  withdrawCertificate: '/certificate',
  correctCertificate: '/certificate',
};

/** Whether what a command came to is told on the page of its record: all that it moved. */
export function isSeenInRecord(command: CommandType): boolean {
  return command === 'changePlan';
}

/** The page of a program to which the form of a command belongs, below that of the program; its own when empty. */
export function placeOf(command: CommandType, { taskId, auditId, findingId, requirementId, controlId }: Known): string {
  const one = (place: string, id: string) => `/${place}/${encodeURIComponent(id)}`;
  if (taskId) return one('tasks', taskId);
  if (findingId) return one('findings', findingId);
  if (auditId) return one('audits', auditId);
  const requirement = requirementId ?? controlId;
  return requirement ? one('requirements', requirement) : (places[command] ?? '');
}
