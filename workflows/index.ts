export { certificationAudit } from './certificationAudit.ts';
export { gapAssessment } from './gapAssessment.ts';
export { implementation } from './implementation.ts';
export { internalAudit } from './internalAudit.ts';
export { surveillanceCycle } from './surveillanceCycle.ts';
