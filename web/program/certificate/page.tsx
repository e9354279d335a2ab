import type { FastifyInstance } from 'fastify';
import { ofCertificate } from '../../../api/records.ts';
import { type Audit, isHeld } from '../../../domain/audits/audit.ts';
import type { IsoDate } from '../../../domain/basics.ts';
import type { Certificate } from '../../../domain/certificate/certificate.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import { restorableUntil, suspensionEndsOn } from '../../../domain/rules/certificate.ts';
import { decisionLabels, resultLabels } from '../../../words/labels.ts';
import { capitalized } from '../../../words/phrases.ts';
import { distance, shortDay } from '../../../words/when.ts';
import type { Page } from '../../html/layout.tsx';
import { Day, Empty, Facts, Quote } from '../../html/parts.tsx';
import { AuditDates, auditName } from '../audits/words.tsx';
import { Done } from '../done.tsx';
import { Offers } from '../parts/forms.tsx';
import { History } from '../parts/history.tsx';
import { Said } from '../parts/said.tsx';
import { WhoWhen } from '../parts/whose.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { type Chronicle, chronicleOf } from '../timeline/chronicle.ts';

/** The certificate of a program: its status in a sentence, its cycle, what it rests on, and what happened to it. */
export async function certificatePage(app: FastifyInstance, view: ProgramView, query: unknown): Promise<Page> {
  const { state, url } = view;
  const { certificate } = state;
  const records = await recordsOfCertificate(app, view);
  const { cycles } = await chronicleOf(app.services.database.register, state);
  const before = cycles.filter(({ cycle }) => cycle !== certificate?.cycle).reverse();
  const audits = before.length > 0 ? await auditsOf(app, view) : [];
  return {
    title: 'Certificate',
    program: inProgram(view, 'certificate'),
    body: (
      <>
        <h1>Certificate</h1>
        <Done query={query} />
        <p class="lead">{statusSentence(view)}</p>
        {certificate && <CertificateFacts certificate={certificate} view={view} />}
        <Offers url={url} offers={view.offers('certificate')} />
        {certificate && <Cycle view={view} />}
        <Basis records={records} view={view} />
        <Before cycles={before} audits={audits} view={view} />
        <h2>What happened</h2>
        {records.length > 0 ? (
          <History records={[...records].reverse()} view={view} />
        ) : (
          <Empty>Nothing yet. Decisions, suspensions and renewals will be here.</Empty>
        )}
      </>
    ),
  };
}

/** How the certificate stands, in a sentence or two. */
export function statusSentence({ state, today }: ProgramView): string {
  const { certificate, body, organization } = state;
  const day = (on: Parameters<typeof shortDay>[0]) => `${shortDay(on, today)}, ${distance(on, today)}`;
  if (!certificate) return `${organization} has no certificate yet. ${body.name} decides on it after Stage 2.`;
  switch (certificate.status) {
    case 'valid':
      return `Certificate ${certificate.number} is valid through ${day(certificate.lastDay)}.`;
    case 'suspended':
      return `Certificate ${certificate.number} is suspended since ${day(certificate.suspendedOn)}, and must not be used. ${endOfSuspension(certificate.lastDay, suspensionEndsOn(certificate.suspendedOn, body.profile), day)}`;
    case 'lapsed':
      return certificate.restorationEndedOn
        ? `Certificate ${certificate.number} lapsed for good. A new one has to be earned.`
        : `Certificate ${certificate.number} lapsed after ${day(certificate.lastDay)}. It can be restored until ${day(restorableUntil(certificate.lastDay, body.profile))}.`;
    case 'withdrawn':
      return `Certificate ${certificate.number} was withdrawn. It must not be used anymore.`;
  }
}

/** R18: suspension never extends expiry. */
function endOfSuspension(lastDay: IsoDate, endsOn: IsoDate, day: (on: IsoDate) => string): string {
  if (lastDay < endsOn) return `It lapses after ${day(lastDay)}: a suspension extends nothing.`;
  return `Unless that is resolved, it is withdrawn after ${day(endsOn)}.`;
}

function CertificateFacts({ certificate, view }: { certificate: Certificate; view: ProgramView }) {
  const { today, sight, state } = view;
  const { number, cycle, initialDecisionOn, decidedOn, validFrom, lastDay, scope } = certificate;
  return (
    <>
      <Facts
        facts={[
          ['Number', number],
          ['Certification body', state.body.name],
          [
            'Valid',
            <>
              <Day on={validFrom} today={today} near={false} /> through <Day on={lastDay} today={today} />
            </>,
          ],
          ['Decided', <Day key="decided" on={decidedOn} today={today} near={false} />],
          ['Cycle', `${cycle}`],
          initialDecisionOn !== decidedOn
            ? ['First certified', <Day key="first" on={initialDecisionOn} today={today} near={false} />]
            : undefined,
        ]}
      />
      {sight.all('scope') && (
        <Quote by="Scope">
          {[scope.statement, scope.exclusions && `Not: ${scope.exclusions}`].filter(Boolean).join('\n')}
        </Quote>
      )}
    </>
  );
}

/** The audits of the present cycle: its surveillances, and the recertification. */
function Cycle({ view }: { view: ProgramView }) {
  const { state, today, url, sight } = view;
  const cycle = state.certificate?.cycle;
  const audits = Object.values(state.audits).filter(
    (audit) =>
      audit.cycle === cycle && audit.kind !== 'internal' && audit.status !== 'cancelled' && sight.audit(audit.id),
  );
  return (
    <section aria-labelledby="cycle">
      <h2 id="cycle">This cycle</h2>
      {audits.length > 0 ? (
        <ul class="lines">
          {audits.map((audit) => (
            <li key={audit.id}>
              <a href={`${url}/audits/${encodeURIComponent(audit.id)}`}>{auditName(audit)}</a>
              <span class="meta">
                <AuditDates audit={audit} today={today} />
                {standing(audit, view)}
                {!isHeld(audit) && audit.latestOn && (
                  <>
                    , at the latest <Day on={audit.latestOn} today={today} near={false} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <Empty>No audit of this cycle is planned.</Empty>
      )}
    </section>
  );
}

function standing(audit: Audit, { sight }: ProgramView): string {
  if (audit.status !== 'held') return audit.status === 'scheduled' ? ', agreed' : '';
  return sight.auditResult(audit.id) ? `, held: ${resultLabels[audit.result]}` : ', held';
}

/** The cycles of certificates that were renewed or are over, with their audits, latest first. */
function Before({
  cycles,
  audits,
  view,
}: {
  cycles: readonly Chronicle['cycles'][number][];
  audits: readonly Audit[];
  view: ProgramView;
}) {
  const { today, url } = view;
  if (cycles.length === 0) return null;
  return (
    <section aria-labelledby="before">
      <h2 id="before">Cycles before</h2>
      {cycles.map(({ cycle, from, lastDay }) => (
        <div key={cycle} class="piece">
          <h3>
            Cycle {cycle}, <Day on={from} today={today} near={false} /> through{' '}
            <Day on={lastDay} today={today} near={false} />
          </h3>
          <ul class="lines">
            {audits
              .filter((audit) => isOfCycle(audit, cycle) && audit.status === 'held')
              .map((audit) => (
                <li key={audit.id}>
                  <a href={`${url}/audits/${encodeURIComponent(audit.id)}`}>{auditName(audit)}</a>
                  <span class="meta">
                    <AuditDates audit={audit} today={today} />
                    {standing(audit, view)}
                  </span>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** The audits before the first certificate are those that it rests on. */
function isOfCycle(audit: Audit, cycle: number): boolean {
  return audit.cycle === cycle || (cycle === 1 && audit.cycle === 0);
}

/** All audits that the reader sees: the state carries those of the last cycles only. */
async function auditsOf(app: FastifyInstance, { state, sight }: ProgramView): Promise<Audit[]> {
  const { read } = app.services.database;
  const audits: Audit[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await read.audits(state.id, { limit: 200, ...(cursor && { cursor }) }, sight.audit);
    audits.push(...page.items);
    cursor = page.nextCursor;
  }
  return audits;
}

/** What the last decision rests on, in the words of who decided. */
function Basis({ records, view }: { records: ProgramRecord[]; view: ProgramView }) {
  const decision = records.flatMap((record) => (record.type === 'DecisionRecorded' ? [record] : [])).at(-1);
  if (!decision) return null;
  const { url } = view;
  const { auditId, decision: decided, basis } = decision.data;
  return (
    <section aria-labelledby="basis">
      <h2 id="basis">What the decision rests on</h2>
      <p>
        {capitalized(decisionLabels[decided])} after{' '}
        <a href={`${url}/audits/${encodeURIComponent(auditId)}`}>{auditId}</a>, decided by{' '}
        <WhoWhen record={decision} view={view} />.
      </p>
      <Said words={{ ...decision.data, note: basis }} record={decision} view={view} />
    </section>
  );
}

/** All that was recorded of the certificate, as far as the reader sees it. */
async function recordsOfCertificate(app: FastifyInstance, { state, sight }: ProgramView): Promise<ProgramRecord[]> {
  const { register } = app.services.database;
  return (await register.naming(state.id, [ofCertificate])).filter(sight.record);
}
