import type { Email, Role } from '../basics.ts';

/** What the domain says about what is entered for people of the certification body. */
export interface EntrySayings {
  enteredFor: { type: string; allowed: Role[] };
  ownAct: Record<never, never>;
  enteredByManager: { email: Email };
  bodyPersonUnknown: { email: Email };
  notTheirAct: { name: string; able: Role[] };
  documentOfNobody: Record<never, never>;
  restsOnDocument: Record<never, never>;
  documentNowhere: Record<never, never>;
  noEntryOfTheirs: { entryId: string };
  objectedBefore: { entryId: string };
  clearUpObjection: { name: string; seq: number };
}
