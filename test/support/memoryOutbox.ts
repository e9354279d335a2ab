import type { Leased, Mail, Outbox } from '../../db/types.ts';
import type { Instant } from '../../domain/basics.ts';
import { weeklyAfter } from '../../domain/people/mailPreferences.ts';

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
    async lease(now, limit, leaseSeconds, { takingOver = true } = {}) {
      const until = after(now, leaseSeconds);
      const taken = [...rows.values()]
        .filter((row) => row.status === 'queued' || (takingOver && row.status === 'sending'))
        .filter((row) => row.availableAt <= now)
        .sort((a, b) => (a.availableAt < b.availableAt ? -1 : 1))
        .slice(0, limit)
        .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
      for (const row of taken)
        Object.assign(row, { status: 'sending', availableAt: until, attempts: row.attempts + 1 });
      return taken.map(({ availableAt: _, ...mail }) => ({ ...mail, parts: [mail] }));
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
    async unwanted(mail) {
      const row = leased(mail);
      if (row) row.status = 'unwanted';
    },
    async postponed(mail, until) {
      const row = leased(mail);
      if (row) Object.assign(row, { status: 'queued', availableAt: until });
    },
    async intoWeekly(bundle, preferences) {
      const row = leased(bundle);
      if (!row) return;
      rows.delete(row.id);
      const dueAt = weeklyAfter({ dueAt: row.dueAt, timeZone: row.zone }, preferences);
      const id = `weekly-${row.programId}-${row.to}-${dueAt}`;
      const items = [...(rows.get(id)?.items ?? []), ...row.items];
      const fresh = { status: 'queued', attempts: 0, messageId: `<${id}@certloop>` } as const;
      rows.set(id, { ...row, ...fresh, id, dueAt, availableAt: dueAt, items });
    },
    async failed(mail, error, retryAt) {
      const row = leased(mail);
      if (!row) return;
      Object.assign(row, retryAt === null ? { status: 'failed' } : { status: 'queued', availableAt: retryAt });
      Object.assign(row, { lastError: error, tries: row.tries + 1 });
    },
    async untried(mail, reason, retryAt) {
      const row = leased(mail);
      if (row) Object.assign(row, { status: 'queued', availableAt: retryAt, lastError: reason });
    },
    async retryAt(at) {
      for (const row of rows.values())
        if (row.status === 'queued' && row.lastError !== undefined && row.availableAt > at) row.availableAt = at;
    },
    async unreached() {
      return [];
    },
    async list(programId, now) {
      const items = [...rows.values()].filter((row) => row.programId === programId && row.dueAt <= now);
      return { items: items.sort((a, b) => (a.dueAt < b.dueAt ? 1 : -1)), nextCursor: null };
    },
    async find(programId, mailId) {
      const row = rows.get(mailId);
      return row?.programId === programId ? row : undefined;
    },
    async backlog(now) {
      const all = [...rows.values()];
      const due = all.filter((row) => (row.status === 'queued' || row.status === 'sending') && row.dueAt <= now);
      const oldestDueAt = due.map((row) => row.dueAt).sort()[0] ?? null;
      return { due: due.length, oldestDueAt, failed: all.filter((row) => row.status === 'failed').length };
    },
  };
}
