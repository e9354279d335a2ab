import type { FastifyPluginAsync } from 'fastify';
import type { InstallationRecord, InstallationVerified } from '../../db/installation.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { dateAt } from '../../domain/calendar.ts';
import { accountPut, type Happened, knownFromBefore, throughWords, tokenMade } from '../../words/installation.ts';
import { count } from '../../words/phrases.ts';
import { fullMoment, longDay, timeOfDay } from '../../words/when.ts';
import type { Page } from '../html/layout.tsx';
import { Empty, Notice } from '../html/parts.tsx';
import { Back, More } from '../program/parts/links.tsx';
import { textsOf } from '../program/query.ts';
import { mustAdminister } from '../start/right.ts';

const path = '/installation/records';
const onePage = 50;

/** What happened to the installation itself, and whether its chain is whole; for administrators. */
export const installationRecordRoutes: FastifyPluginAsync = async (app) => {
  const { installation } = app.services.database;

  app.get(path, async (request, reply) => {
    mustAdminister(request);
    const { cursor } = textsOf(request.query);
    const [{ items, nextCursor }, verified] = await Promise.all([
      installation.records({ limit: onePage, cursor }),
      installation.verify(),
    ]);
    return reply.show(recordsPage(items, nextCursor, verified));
  });
};

/** The installation belongs to no time zone of a program. */
const zone = 'utc';

function recordsPage(
  records: readonly InstallationRecord[],
  nextCursor: string | null,
  verified: InstallationVerified,
): Page {
  return {
    title: 'Records of the installation',
    at: 'installation',
    body: (
      <>
        <Back href="/installation">Accounts</Back>
        <h1>Records of the installation</h1>
        <Whole verified={verified} />
        {records.length === 0 && verified.ok && (
          <Empty>Nothing was recorded yet. The first token or account that somebody makes will be here.</Empty>
        )}
        {byDay(records).map(([on, those]) => (
          <section key={on} aria-label={longDay(on)}>
            <h2 class="of-day">{longDay(on)}</h2>
            <ul class="rows">
              {those.map((record) => (
                <Line key={record.seq} record={record} />
              ))}
            </ul>
          </section>
        ))}
        <More href={nextCursor ? `${path}?cursor=${encodeURIComponent(nextCursor)}` : undefined}>
          Show earlier ones
        </More>
      </>
    ),
  };
}

function Whole({ verified: { ok, records, reason } }: { verified: InstallationVerified }) {
  if (!ok) {
    return (
      <Notice tone="bad" title="These records are not as they were written">
        <p>
          {records === 0
            ? 'None of them can be relied on'
            : `Those up to record ${records} are, later ones cannot be relied on`}
          : {reason}.
        </p>
        <p>
          Somebody changed the database past Certloop. Keep it as it is, find out who had access, and compare it with a
          backup: the runbook (docs/runbook.md) has it under “A chain is broken”.
        </p>
      </Notice>
    );
  }
  return (
    <p>
      Who made tokens, accounts and passkeys and took them away, and when. Each record is tied to the one before
      {records > 0 &&
        `: ${records === 1 ? 'the one that there is is' : `all ${count(records, 'record')} are`} as written`}
      .
    </p>
  );
}

function Line({ record }: { record: InstallationRecord }) {
  const { what, more } = happenedIn(record);
  const { at, seq, data } = record;
  return (
    <li>
      <p class="what">{what}</p>
      {more && <p>{more}</p>}
      <p class="quiet small">
        <time dateTime={at} title={fullMoment(at, zone)}>
          {timeOfDay(at, zone)}
        </time>
        , {byWords(record)}. Record {seq}
        {'tokenId' in data && <>, token {data.tokenId}</>}
        {'passkeyId' in data && <>, passkey {data.passkeyId}</>}.
      </p>
    </li>
  );
}

/** Records with the day on which they were written, in their order. */
function byDay(records: readonly InstallationRecord[]): [IsoDate, InstallationRecord[]][] {
  const days = new Map<IsoDate, InstallationRecord[]>();
  for (const record of records) {
    const on = dateAt(record.at, zone);
    days.set(on, [...(days.get(on) ?? []), record]);
  }
  return [...days];
}

function happenedIn(record: InstallationRecord): Happened {
  switch (record.type) {
    case 'TokenMade':
      return tokenMade(record.data);
    case 'TokenKnown':
      return knownFromBefore(tokenMade(record.data));
    case 'TokenRevoked':
      return { what: `Token of ${record.data.email} revoked` };
    case 'AccountPut':
      return accountPut(record.data);
    case 'AccountKnown':
      return knownFromBefore(accountPut(record.data));
    case 'AccountRemoved':
      return { what: `Account of ${record.data.email} removed` };
    case 'AccountMoved':
      return { what: `Account of ${record.data.from} moved to ${record.data.name} (${record.data.to})` };
    case 'PasskeyAdded':
      return { what: `Passkey of ${record.data.email} added` };
    case 'PasskeyKnown':
      return knownFromBefore({ what: `Passkey of ${record.data.email}` });
    case 'PasskeyRemoved':
      return { what: `Passkey of ${record.data.email} removed` };
  }
}

function byWords({ actor, tokenId, through }: InstallationRecord): string {
  const who = actor ? `by ${actor} ` : '';
  return `${who}${throughWords[through]}${tokenId ? ` with the token ${tokenId}` : ''}`;
}
