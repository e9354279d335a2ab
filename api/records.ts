import type { Page, Register } from '../db/types.ts';
import type { ProgramRecord, RecordType } from '../domain/registry.ts';
import type { Sight } from '../identity/reading/sight.ts';
import { cursorAt } from './pages.ts';
import { isWithin, type Wanted } from './recordFilter.ts';

/** Records read at once at least, where some are left out. */
const leastPortion = 200;

/** The types of records that tell of certificates, and of what they rest on. */
export const ofCertificate: RecordType[] = [
  'DecisionRecorded',
  'CertificateIssued',
  'CertificateRenewed',
  'CertificateSuspended',
  'CertificateReinstated',
  'CertificateScopeChanged',
  'CertificateTransferred',
  'CertificateWithdrawn',
  'RecommendationDeclined',
  'CertificateLapsed',
  'LapseTakenBack',
  'SuspensionTakenBack',
  'WithdrawalTakenBack',
  'WithdrawalStands',
  'RestorationReopened',
  'RestorationEnded',
  'CertificateRestored',
];

const everything: Wanted = { names: [] };

/** A page of a program's records that somebody sees, after a position, from the first on; of some where they are `wanted`. */
export async function recordsAfter(
  register: Register,
  programId: string,
  sight: Sight,
  { after, limit }: { after: number; limit: number },
  wanted: Wanted = everything,
): Promise<Page<ProgramRecord>> {
  const portion = Math.max(limit + 1, leastPortion);
  const seen: ProgramRecord[] = [];
  for (let from = after; seen.length <= limit; ) {
    const records = await register.naming(programId, wanted.names, { after: from, limit: portion });
    seen.push(...records.filter((one) => isWithin(one, wanted) && sight.record(one)));
    if (records.length < portion || isPast(records.at(-1), wanted)) break;
    from = records.at(-1)!.seq;
  }
  const items = seen.slice(0, limit);
  return { items, nextCursor: seen.length > limit ? cursorAt(items.at(-1)!.seq) : null };
}

/** A page of a program's records that somebody sees, the latest up to a position; `nextCursor` is that of those before. */
export async function recordsThrough(
  register: Register,
  programId: string,
  sight: Sight,
  { through, limit }: { through: number; limit: number },
  wanted: Wanted = everything,
): Promise<Page<ProgramRecord>> {
  const portion = Math.max(limit + 1, leastPortion);
  let seen: ProgramRecord[] = [];
  for (let until = through; seen.length <= limit && until > 0; ) {
    const records = await register.naming(programId, wanted.names, { through: until, limit: portion, latest: true });
    seen = [...records.filter((one) => isWithin(one, wanted) && sight.record(one)), ...seen];
    if (records.length < portion || isBefore(records[0], wanted)) break;
    until = records[0]!.seq - 1;
  }
  const items = seen.slice(-limit);
  return { items, nextCursor: seen.length > limit ? cursorAt(items[0]!.seq - 1) : null };
}

/** Records come in the order of time: after one that is too late, none is wanted any more. */
function isPast(last: ProgramRecord | undefined, { before }: Wanted): boolean {
  return last !== undefined && before !== undefined && last.at >= before;
}

function isBefore(first: ProgramRecord | undefined, { from }: Wanted): boolean {
  return first !== undefined && from !== undefined && first.at < from;
}
