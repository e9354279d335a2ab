import { Type } from 'typebox';
import { cancelledAudit, heldAudit, plannedAudit, scheduledAudit } from '../../domain/audits/audit.ts';
import { strict } from '../../domain/registry/fields.ts';
import { endedTask, evidence, openTask, submittedTask } from '../../domain/tasks/task.ts';

const hidden = 'Absent when it is not the caller’s to read.';

/** A task as the caller sees it. */
export const seenTask = Type.Union([
  openTask,
  Type.Object({ ...submittedTask.properties, evidence: Type.Optional({ ...evidence, description: hidden }) }, strict),
  endedTask,
]);

const { result, ...held } = heldAudit.properties;

/** An audit as the caller sees it. */
export const seenAudit = Type.Union([
  plannedAudit,
  scheduledAudit,
  Type.Object({ ...held, result: Type.Optional({ ...result, description: hidden }) }, strict),
  cancelledAudit,
]);
