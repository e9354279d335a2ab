import type { AuditKind } from './types/index.ts';

const names: Record<AuditKind, string> = {
  internal: 'internal audit',
  stage1: 'Stage 1 audit',
  stage2: 'Stage 2 audit',
  surveillance: 'surveillance audit',
  recertification: 'recertification audit',
  special: 'special audit',
};

/** A kind of audit as people say it: `Stage 1 audit`. */
export function auditName(kind: AuditKind): string {
  return names[kind];
}

/** The same, or a longer name of it, with its article: `an internal audit`. */
export function anAudit(kind: AuditKind, name = names[kind]): string {
  return `${kind === 'internal' ? 'an' : 'a'} ${name}`;
}
