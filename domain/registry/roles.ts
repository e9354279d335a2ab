import type { Role } from '../basics.ts';

/** Groups of roles that may send the same commands. */
export const manager: readonly Role[] = ['programManager'];
export const steering: readonly Role[] = ['programManager', 'sponsor', 'topManagement'];
export const assessors: readonly Role[] = ['programManager', 'consultant'];
export const reviewing: readonly Role[] = ['programManager', 'consultant', 'sponsor', 'internalAuditor'];
export const bodyAuditors: readonly Role[] = ['leadAuditor', 'auditor'];
export const auditors: readonly Role[] = ['internalAuditor', ...bodyAuditors];
export const bodySpeakers: readonly Role[] = ['leadAuditor', 'decisionMaker'];
export const organization: readonly Role[] = [
  'sponsor',
  'topManagement',
  'programManager',
  'owner',
  'consultant',
  'internalAuditor',
];
