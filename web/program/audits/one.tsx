import type { FastifyInstance } from 'fastify';
import { notFound } from '../../../api/problem.ts';
import { type Audit, isHeld } from '../../../domain/audits/audit.ts';
import type { Finding } from '../../../domain/findings/finding.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import { decisionLabels, resultLabels, ruleLabels, topicLabels } from '../../../words/labels.ts';
import { capitalized, list } from '../../../words/phrases.ts';
import type { Page } from '../../html/layout.tsx';
import { Day, Empty, Facts } from '../../html/parts.tsx';
import { Done } from '../done.tsx';
import { FindingLines } from '../findings/lines.tsx';
import { recordsNaming } from '../mentions.ts';
import { Offers } from '../parts/forms.tsx';
import { History } from '../parts/history.tsx';
import { Back } from '../parts/links.tsx';
import { Said } from '../parts/said.tsx';
import { WhoWhen } from '../parts/whose.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { TaskLines } from '../tasks/lines.tsx';
import { AuditDates, auditName } from './words.tsx';

/** The page of one audit. Throws the 404 problem where there is none that the reader sees. */
export async function auditPage(app: FastifyInstance, view: ProgramView, id: string, query: unknown): Promise<Page> {
  const { state, sight, url, ties } = view;
  const { read } = app.services.database;
  const audit = sight.audit(id) ? await read.audit(state.id, id) : undefined;
  if (!audit) throw notFound(`The audit ${id}`);
  const raised = [...ties.findings].flatMap(([findingId, { auditId }]) => (auditId === id ? [findingId] : []));
  const [records, ...findings] = await Promise.all([
    recordsNaming(app, view, [id]),
    ...raised.filter(sight.finding).map((findingId) => read.finding(state.id, findingId)),
  ]);
  const asked = [...view.ties.tasks].flatMap(([taskId, tie]) =>
    tie.auditId === id && sight.task(taskId) ? [taskId] : [],
  );
  const tasks = await app.services.database.read.tasksOf(state.id, asked);
  return {
    title: auditName(audit),
    program: inProgram(view, 'audits'),
    body: (
      <>
        <Back href={`${url}/audits`}>Audits</Back>
        <h1>{auditName(audit)}</h1>
        <Done query={query} />
        <Standing audit={audit} view={view} />
        <Offers url={url} offers={view.offers({ auditId: id })} primary />
        <AuditFacts audit={audit} view={view} />
        <Results records={records} audit={audit} view={view} />
        <h2>Findings</h2>
        <Findings findings={findings.filter((finding) => finding !== undefined)} view={view} />
        {tasks.length > 0 && (
          <>
            <h2>Tasks</h2>
            <TaskLines tasks={tasks} view={view} />
          </>
        )}
        <h2>What happened</h2>
        <History records={[...records].reverse()} view={view} />
      </>
    ),
  };
}

function Standing({ audit, view: { today, sight } }: { audit: Audit; view: ProgramView }) {
  const dates = <AuditDates audit={audit} today={today} />;
  if (audit.status === 'cancelled') return <p class="lead">This audit was cancelled. It was to be on {dates}.</p>;
  if (audit.status === 'planned')
    return <p class="lead">It is {dates}. Its dates and its team are still to be agreed with the auditors.</p>;
  if (audit.status === 'scheduled') {
    if (audit.startsOn > today) return <p class="lead">Agreed: {dates}.</p>;
    return audit.endsOn >= today ? (
      <p class="lead">Under way, {dates}.</p>
    ) : (
      <p class="lead">It was held, {dates}. Its outcome is still to be recorded.</p>
    );
  }
  return (
    <p class="lead">
      Held, {dates}
      {sight.auditResult(audit.id) && `: ${resultLabels[audit.result]}`}.
      {audit.outdated && sight.auditResult(audit.id) && ` No decision can rest on it anymore (${audit.outdated}).`}
    </p>
  );
}

function AuditFacts({ audit, view }: { audit: Audit; view: ProgramView }) {
  const { nameOf, today, sight } = view;
  const { latestOn, latestRule, criteria, team, cycle, occasion, missed, scope } = audit;
  const seesResult = sight.auditResult(audit.id);
  const covered = isHeld(audit) && seesResult ? audit.covered : undefined;
  return (
    <Facts
      facts={[
        team.length > 0 ? ['Team', team.map(nameOf).join(', ')] : undefined,
        latestOn
          ? [
              'At the latest',
              <>
                <Day on={latestOn} today={today} />
                {latestRule && ruleLabels[latestRule] && `: ${ruleLabels[latestRule]} (${latestRule})`}
                {missed && <span class="late"> Missed.</span>}
              </>,
            ]
          : undefined,
        ['Criteria', criteria ? list(criteria) : 'All requirements that apply'],
        cycle > 0 ? ['Cycle', `${cycle}`] : undefined,
        occasion
          ? ['Occasion', capitalized(occasion.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))]
          : undefined,
        scope ? ['Scope applied for', scope.statement] : undefined,
        covered ? ['Covered', list(covered.map((topic) => topicLabels[topic]))] : undefined,
      ]}
    />
  );
}

/** What it came to: the words of its outcome, and the decision that rests on it. */
function Results({ records, audit, view }: { records: ProgramRecord[]; audit: Audit; view: ProgramView }) {
  if (!view.sight.auditResult(audit.id)) return null;
  const reopened = records.findLast(({ type }) => type === 'OutcomeReopened')?.seq ?? 0;
  const found = records.flatMap((record) =>
    record.type === 'AuditOutcomeRecorded' || record.type === 'DecisionRecorded' ? [record] : [],
  );
  if (found.length === 0) return null;
  return (
    <section aria-labelledby="results">
      <h2 id="results">What it came to</h2>
      {found.map((record) => (
        <div key={record.seq} class="piece">
          <p>
            {record.type === 'DecisionRecorded'
              ? `Decision: ${decisionLabels[record.data.decision]}`
              : `Outcome: ${resultLabels[record.data.result]}`}
            , by <WhoWhen record={record} view={view} />
            {record.type === 'AuditOutcomeRecorded' && record.seq < reopened && '; it was reopened, and does not count'}
          </p>
          <Said
            words={record.type === 'DecisionRecorded' ? { ...record.data, note: record.data.basis } : record.data}
            record={record}
            view={view}
          />
        </div>
      ))}
    </section>
  );
}

function Findings({ findings, view }: { findings: Finding[]; view: ProgramView }) {
  if (findings.length === 0) return <Empty>None that you can see was raised in this audit.</Empty>;
  return <FindingLines findings={findings} view={view} />;
}
