/** What can change in the system that a program certifies. */
export const changeKinds = [
  'scope',
  'people',
  'systemAdded',
  'systemChanged',
  'systemRetired',
  'incident',
  'complaint',
] as const;
export type ChangeKind = (typeof changeKinds)[number];
