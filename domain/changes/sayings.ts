import type { IsoDate } from '../basics.ts';

/** What the domain says about changes, incidents and complaints, and about AI systems. */
export interface ChangeSayings {
  scopeUnchanged: Record<never, never>;
  scopeChanged: { reason: string };
  systemUnchanged: { systemId: string };
  systemPut: { name: string; how: 'added' | 'changed' | 'usedAgain' };
  systemRetiredAlready: { systemId: string; retiredOn: IsoDate };
  systemRetired: { name: string; reason?: string };
  dealWithIncident: { incidentId: string };
  incidentHappened: { incidentId: string; severity: 'high' | 'medium' | 'low'; description: string };
  answerComplaint: { complaintId: string; from: string };
  complaintCame: { complaintId: string; from: string; description: string };
  noSuchReport: { what: 'incident' | 'complaint'; id: string };
  reviewApplicability: Record<never, never>;
  tellBody: { body: string };
  recertificationHeldAlready: { auditId: string };
  stage1AfterChange: { description: string };
  stage2HasBegun: { auditId: string; startsOn: IsoDate };
  stage1BeforeStage2: { description: string };
}
