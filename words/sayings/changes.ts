import type { ChangeSayings } from '../../domain/changes/sayings.ts';
import type { WordsFor } from './words.ts';

const systemPut: Record<ChangeSayings['systemPut']['how'], string> = {
  added: 'added',
  changed: 'changed',
  usedAgain: 'put in use again',
};

/** What there is to say about changes, incidents and complaints, and about AI systems. */
export const changeSayings: WordsFor<ChangeSayings> = {
  scopeUnchanged: () => 'The scope already says this; nothing would change.',
  scopeChanged: ({ reason }) => `The scope was changed: ${reason}`,
  systemUnchanged: ({ systemId }) => `The AI system ${systemId} is already like this; nothing would change.`,
  systemPut: ({ name, how }) => `The AI system ${name} was ${systemPut[how]}.`,
  systemRetiredAlready: ({ systemId, retiredOn }) => `The AI system ${systemId} was retired on ${retiredOn}.`,
  systemRetired: ({ name, reason }) => `The AI system ${name} was retired${reason ? `: ${reason}` : '.'}`,
  dealWithIncident: ({ incidentId }) => `Incident ${incidentId}: react, find the cause, decide on corrective action`,
  incidentHappened: ({ incidentId, severity, description }) =>
    `Incident ${incidentId} of ${severity} severity: ${description}`,
  answerComplaint: ({ complaintId, from }) => `Complaint ${complaintId} from ${from}: answer it and keep what was done`,
  complaintCame: ({ complaintId, from, description }) => `Complaint ${complaintId} from ${from}: ${description}`,
  noSuchReport: ({ what, id }) => `There is no ${what} ${id}; the records of the program show what was reported.`,
  reviewApplicability: () => 'Review the statement of applicability: which controls apply, and why',
  tellBody: ({ body }) => `Tell ${body} of the change, and keep what was told`,
  recertificationHeldAlready: ({ auditId }) =>
    `The recertification audit ${auditId} was already held; have a special audit look at the change.`,
  stage1AfterChange: ({ description }) => `After a significant change (R15): ${description}`,
  stage2HasBegun: ({ auditId, startsOn }) => `Stage 2 ${auditId} began on ${startsOn}; have it look at the change.`,
  stage1BeforeStage2: ({ description }) => `After a significant change a Stage 1 comes first (R17): ${description}`,
};
