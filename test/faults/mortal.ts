/** A part that can be killed without warning and started again as it was. */
export interface Mortal {
  kill(): Promise<void>;
  start(): Promise<void>;
}
