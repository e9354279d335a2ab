import { defineSearchAttributeKey } from '@temporalio/common';

/** The phase of a program. */
export const phaseAttribute = defineSearchAttributeKey('CertloopPhase', 'KEYWORD');

/** The status of a program. */
export const statusAttribute = defineSearchAttributeKey('CertloopStatus', 'KEYWORD');

/** The organization of a program: its id, never the name of a person, since search attributes are not encrypted. */
export const organizationAttribute = defineSearchAttributeKey('CertloopOrganization', 'KEYWORD');

/** The next moment at which something is due, by the day. */
export const nextDueAttribute = defineSearchAttributeKey('CertloopNextDue', 'DATETIME');

/** Whether the program is a rehearsal. */
export const rehearsalAttribute = defineSearchAttributeKey('CertloopRehearsal', 'BOOL');

/** All search attributes that a namespace must know. */
export const searchAttributeKeys = [
  phaseAttribute,
  statusAttribute,
  organizationAttribute,
  nextDueAttribute,
  rehearsalAttribute,
];
