import type { implementationStatuses } from '../../domain/assessment/requirement.ts';
import type { Occasion } from '../../domain/audits/audit.ts';
import type { Priority, Weekday } from '../../domain/basics.ts';
import type { SuspensionGround } from '../../domain/certificate/certificate.ts';
import type { AiSystem } from '../../domain/systems/aiSystem.ts';
import { weekdayLabels } from '../labels.ts';
import { capitalized } from '../phrases.ts';

/** Labels as a list to choose from has them: each begins in upper case. */
export function asOptions<K extends string>(labels: Record<K, string>): Record<K, string> {
  // The keys are those of `labels`; `fromEntries` forgets them.
  return Object.fromEntries(
    Object.entries<string>(labels).map(([value, label]) => [value, capitalized(label)]),
  ) as Record<K, string>;
}

export const priorityOptions: Record<Priority, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

export const severityOptions = { high: 'High', medium: 'Medium', low: 'Low' };

export const verdictOptions = { accept: 'Accept', reject: 'Reject' };

export const systemRoleOptions: Record<AiSystem['role'], string> = {
  provider: 'Provider',
  producer: 'Producer',
  customer: 'Customer',
  partner: 'Partner',
  user: 'User',
};

export const implementationOptions: Record<(typeof implementationStatuses)[number], string> = {
  planned: 'Planned',
  partial: 'Partly implemented',

  implemented: 'Implemented',
  notApplicable: 'Does not apply',
};

/** R19: what a special audit is held for. */
export const occasionOptions: Record<Occasion, string> = {
  scopeExtension: 'Extension of the scope',
  complaint: 'Complaint',
  change: 'Change',
  suspension: 'Suspension',
};

/** R18: why a certificate is suspended. */
export const groundOptions: Record<SuspensionGround, string> = {
  failure: 'The management system fails requirements of the standard',
  auditRefused: 'An audit was refused',
  onRequest: 'The organization asked for it',
};

export const weekdayOptions: Record<Weekday, string> = weekdayLabels;
