/** What the domain says about how much a program can hold. */
export interface CarriedSayings {
  commandTooLarge: { bytes: number; most: number };
  bulkTooLarge: { bytes: number; most: number };
  tooMuchAtOnce: { most: number; mostBytes: number; mostTasks: number };
  tooMuchOfOne: { bytes: number; most: number };
  programFull: { bytes: number; most: number };
  nearlyFull: { bytes: number; most: number };
}
