import type { Leased, Mail, Outbox } from '../../db/types.ts';
import type { Instant } from '../../domain/basics.ts';

type Row = Mail & { availableAt: Instant };

/** An outbox in memory, with leases that run out like those of the database. */
export interface MemoryOutbox extends Outbox {
  add(...mails: Mail[]): void;
  mail(id: string): Mail;
}

export function createMemoryOutbox(): MemoryOutbox {
  const rows = new Map<string, Row>();
  const leased = ({ id, attempts }: Leased): Row | undefined => {
    const row = rows.get(id);
    return row?.status === 'sending' && row.attempts === attempts ? row : undefined;
  };
  const after = (now: Instant, seconds: number) => new Date(Date.parse(now) + seconds * 1_000).toISOString();
  return {
    add(...mails) {
      for (const mail of mails) rows.set(mail.id, { ...mail, availableAt: mail.dueAt });
    },
    mail: (id) => ({ ...rows.get(id)! }),
    async lease(now, limit, leaseSeconds, { takingOver } = { takingOver: true }) {
      const until = after(now, leaseSeconds);
      const taken = [...rows.values()]
        .filter((row) => row.status === 'queued' || (takingOver && row.status === 'sending'))
        .filter((row) => row.availableAt <= now)
        .sort((a, b) => (a.availableAt < b.availableAt ? -1 : 1))
        .slice(0, limit)
        .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
      for (const row of taken)
        Object.assign(row, { status: 'sending', availableAt: until, attempts: row.attempts + 1 });
      return taken.map(({ availableAt: _, ...mail }) => mail);
    },
    async renew(mails, now, leaseSeconds) {
      const renewed = mails.flatMap((mail) => leased(mail) ?? []);
      for (const row of renewed) row.availableAt = after(now, leaseSeconds);
      return renewed.map(({ id }) => id);
    },
    async sent(mailId, at) {
      const row = rows.get(mailId)!;
      if (row.status !== 'sent') Object.assign(row, { status: 'sent', sentAt: at, lastError: undefined });
    },
    async overtaken(mail) {
      const row = leased(mail);
      if (row) row.status = 'overtaken';
    },
    async failed(mail, error, retryAt) {
      const row = leased(mail);
      if (!row) return;
      Object.assign(row, retryAt === null ? { status: 'failed' } : { status: 'queued', availableAt: retryAt });
      row.lastError = error;
    },
    async list(programId, now) {
      const items = [...rows.values()].filter((row) => row.programId === programId && row.dueAt <= now);
      return { items: items.sort((a, b) => (a.dueAt < b.dueAt ? 1 : -1)), nextCursor: null };
    },
    async backlog(now) {
      const all = [...rows.values()];
      const due = all.filter((row) => (row.status === 'queued' || row.status === 'sending') && row.dueAt <= now);
      return { due: due.length, failed: all.filter((row) => row.status === 'failed').length };
    },
  };
}
