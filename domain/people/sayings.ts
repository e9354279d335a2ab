import type { Email, Role } from '../basics.ts';

/** What the domain says about people. */
export interface PeopleSayings {
  notAmongPeople: { email: string };
  isOfBody: { email: string };
  roleNotHeld: { role: Role };
  onBothSides: { email: Email };
  assigneeLeft: { name: string };
  tasksHandedOver: { tasks: number; name: string; toName: string; to: Email };
  isForBody: Record<never, never>;
  othersInCharge: { reason?: string };
}
