import { step } from '../registry/command.ts';
import { requestDecision } from './deciding.ts';

/** Asks the certification body to decide on an audit that has its outcome. */
export const askForDecision = step<{ auditId: string }>()('askForDecision', (draft, { auditId }) => {
  requestDecision(draft, auditId);
});
