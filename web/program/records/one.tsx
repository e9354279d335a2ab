import type { FastifyInstance } from 'fastify';
import type { ComponentChildren } from 'preact';
import { notFound } from '../../../api/problem.ts';
import { mustRead } from '../../../api/sights.ts';
import { movedView } from '../../../api/views/moved.ts';
import type { BodyDocument, Told } from '../../../domain/registry/told.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import { fullMoment } from '../../../words/when.ts';
import type { Page } from '../../html/layout.tsx';
import { Day, Facts, Notice } from '../../html/parts.tsx';
import { FilesAndLinks } from '../../task/evidence.tsx';
import { Done } from '../done.tsx';
import { Offers } from '../parts/forms.tsx';
import { RecordLine } from '../parts/history.tsx';
import { Back } from '../parts/links.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { WhatMoved } from './moved.tsx';

/** One record: in words, who and when exactly, and as it is stored. */
export async function recordPage(
  app: FastifyInstance,
  view: ProgramView,
  number: string,
  query: unknown,
): Promise<Page> {
  const { state, sight, url, timeZone, nameOf } = view;
  const { register, read } = app.services.database;
  const seq = /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0;
  // With its neighbors, which may not be the reader's to see.
  const around = seq > 0 ? await register.records(state.id, { after: Math.max(seq - 2, 0), limit: 3 }) : [];
  const seen = around.filter((one) => Math.abs(one.seq - seq) <= 1 && sight.record(one));
  const record = seen.find((one) => one.seq === seq);
  if (!record) throw notFound(`The record ${number}`);
  const hash = await register.hashOf(state.id, seq);
  const { at, actor, tokenId, type, commandId } = record;
  const entry = state.entries?.find((one) => one.seq === seq);
  const objecting = view.offers('program').filter(({ known }) => entry && known.entryId === entry.id);
  const moved = type === 'PlanChanged' ? await movedView(read, state.id, record.data.moved) : undefined;
  return {
    title: `Record ${seq}`,
    program: inProgram(view, 'records'),
    body: (
      <>
        <Back href={`${url}/records`}>Records</Back>
        <h1>Record {seq}</h1>
        <Done query={query} />
        <p class="lead">
          <RecordLine record={record} view={view} />
        </p>
        {moved && <WhatMoved moved={moved} view={view} />}
        <Offers url={url} offers={objecting} />
        <Facts
          facts={[
            [
              'When',
              <>
                <time dateTime={at}>{fullMoment(at, timeZone)}</time> ({at})
              </>,
            ],
            ['Who', actor === 'system' ? 'Certloop itself' : `${nameOf(actor)} (${actor})`],
            ...toldFacts(record, view),
            tokenId
              ? [
                  'By token',
                  <code key="token" class="hash">
                    {tokenId}
                  </code>,
                ]
              : undefined,
            ['Kind', <code key="type">{type}</code>],
            [
              'Command',
              <code key="command" class="hash">
                {commandId}
              </code>,
            ],
            hash
              ? [
                  'Hash',
                  <code key="hash" class="hash">
                    {hash}
                  </code>,
                ]
              : undefined,
          ]}
        />
        <p class="quiet">
          The hash is the SHA-256 of the hash before and of this record, so that a change of either is found.
        </p>
        <h2>As it is stored</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <pre class="json" tabIndex={0}>
          {JSON.stringify(record, null, 2)}
        </pre>
        {seen.length > 1 && (
          <nav class="row" aria-label="Other records">
            {seen.map(
              (one) =>
                one !== record && (
                  <a key={one.seq} href={`${url}/records/${one.seq}`}>
                    Record {one.seq}
                  </a>
                ),
            )}
          </nav>
        )}
      </>
    ),
  };
}

/** When it happened, whose act it is, and the document that shows it, where the record says so (R28, R30). */
function toldFacts({ data }: ProgramRecord, { nameOf, today, url }: ProgramView): [string, ComponentChildren][] {
  // Of the records that say none of it, none has fields of these names but with the same meaning.
  const { on, onBehalfOf, document } = data as Told;
  const facts: [string, ComponentChildren][] = [];
  if (on) facts.push(['Happened on', <Day key="on" on={on} today={today} near={false} />]);
  if (onBehalfOf) facts.push(['Whose act', nameOf(onBehalfOf)]);
  if (document) facts.push(['Document', <Document key="document" document={document} filesUrl={`${url}/files`} />]);
  return facts;
}

/** A document of the certification body, and where it can be read. */
function Document({
  document: { title, links = [], files = [] },
  filesUrl,
}: {
  document: BodyDocument;
  filesUrl: string;
}) {
  return (
    <>
      {title}
      <FilesAndLinks files={files} links={links} filesUrl={filesUrl} />
    </>
  );
}

/** Whether the register is as it was written. */
export async function verifyPage(app: FastifyInstance, view: ProgramView): Promise<Page> {
  const { state, sight, url, now, timeZone } = view;
  mustRead(sight, 'register', `The register of ${state.id}`);
  const { ok, records, brokenAt } = await app.services.database.register.verify(state.id);
  return {
    title: 'Check of the register',
    program: inProgram(view, 'records'),
    body: (
      <>
        <Back href={`${url}/records`}>Records</Back>
        <h1>Check of the register</h1>
        {ok ? (
          <Notice tone="good" title={`All ${records} records are as they were written`}>
            <p>
              Each was read and its hash counted again, from the first record to the last
              {state.rehearsal ? '' : `, ${fullMoment(now, timeZone)}`}.
            </p>
          </Notice>
        ) : (
          <Notice tone="bad" title={`The register was changed at record ${brokenAt?.seq}`}>
            <p>{brokenAt?.reason} Tell the administrator, who can compare it with a backup.</p>
          </Notice>
        )}
      </>
    ),
  };
}
