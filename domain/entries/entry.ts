import type { Email } from '../basics.ts';

/** R30: an act of the certification body that the organization entered. */
export interface Entry {
  /** Such as `E-1`. */
  id: string;
  /** The number of its record. */
  seq: number;
  /** Whose act it is. */
  of: Email;
  /** Who entered it. */
  by: Email;
  /** Whether the person whose act it is objected. */
  objected?: boolean;
}
