import type { FastifyInstance } from 'fastify';
import { notFound } from '../../../api/problem.ts';
import { namesAbout } from '../../../api/recordFilter.ts';
import { type Finding, isUnverified, needsNoAction } from '../../../domain/findings/finding.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import { requirementOutline } from '../../../domain/standards/index.ts';
import { gradeLabels } from '../../../words/labels.ts';
import { capitalized } from '../../../words/phrases.ts';
import type { Page } from '../../html/layout.tsx';
import { Day, Empty, Facts, Quote } from '../../html/parts.tsx';
import { Done } from '../done.tsx';
import { recordsNaming } from '../mentions.ts';
import { Offers } from '../parts/forms.tsx';
import { History } from '../parts/history.tsx';
import { Back } from '../parts/links.tsx';
import { Said } from '../parts/said.tsx';
import { WhoWhen } from '../parts/whose.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { TaskLines } from '../tasks/lines.tsx';
import { FindingState } from './lines.tsx';

/** The page of one finding. Throws the 404 problem where there is none that the reader sees. */
export async function findingPage(app: FastifyInstance, view: ProgramView, id: string, query: unknown): Promise<Page> {
  const { state, sight, url } = view;
  const finding = sight.finding(id) ? await app.services.database.read.finding(state.id, id) : undefined;
  if (!finding) throw notFound(`The finding ${id}`);
  const records = await recordsNaming(app, view, namesAbout({ finding: id }, view.ties));
  const asked = [...view.ties.tasks].flatMap(([taskId, tie]) =>
    tie.findingId === id && sight.task(taskId) ? [taskId] : [],
  );
  const tasks = await app.services.database.read.tasksOf(state.id, asked);
  return {
    title: `${capitalized(gradeLabels[finding.grade])} ${id}`,
    program: inProgram(view, 'findings'),
    body: (
      <>
        <Back href={`${url}/findings`}>Findings</Back>
        <h1>
          {capitalized(gradeLabels[finding.grade])} {id}
        </h1>
        <Done query={query} />
        <p class="lead">
          <FindingState finding={finding} view={view} />.
        </p>
        <Quote>{finding.statement}</Quote>
        <p class="quiet">
          <Raised finding={finding} view={view} />
        </p>
        <Offers url={url} offers={view.offers({ findingId: id })} primary />
        <Plan finding={finding} view={view} />
        <Actions records={records} view={view} />
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

function Raised({ finding, view }: { finding: Finding; view: ProgramView }) {
  const { nameOf, today, url, state } = view;
  const title = requirementOutline(state.standard.id, finding.requirementId)?.title;
  return (
    <>
      {nameOf(finding.raisedBy)}, <Day on={finding.raisedOn} today={today} near={false} />, in{' '}
      <a href={`${url}/audits/${encodeURIComponent(finding.auditId)}`}>{finding.auditId}</a>, about{' '}
      <a href={`${url}/requirements/${encodeURIComponent(finding.requirementId)}`}>
        {finding.requirementId} {title}
      </a>
    </>
  );
}

function Plan({ finding, view: { today } }: { finding: Finding; view: ProgramView }) {
  if (needsNoAction(finding)) return null;
  const { planDueOn, verifyDueOn, missed, raisedBecause, partOf, reopened } = finding;
  const late = (deadline: 'plan' | 'verification') => missed.includes(deadline) && <span class="late"> Missed.</span>;
  return (
    <section aria-labelledby="plan">
      <h2 id="plan">Corrective action plan</h2>
      <Facts
        facts={[
          planDueOn && finding.status === 'open'
            ? [
                'Plan due',
                <>
                  <Day on={planDueOn} today={today} />
                  {late('plan')}
                </>,
              ]
            : undefined,
          verifyDueOn && isUnverified(finding)
            ? [
                'Verified until',
                <>
                  <Day on={verifyDueOn} today={today} />
                  {late('verification')}
                </>,
              ]
            : undefined,
          raisedBecause ? ['Raised to a major', raisedBecause] : undefined,
          partOf ? ['Part of', partOf] : undefined,
          reopened > 0 ? ['Found ineffective', `${reopened} ${reopened === 1 ? 'time' : 'times'}`] : undefined,
        ]}
      />
      {finding.plan ? (
        <Facts
          facts={[
            ['Correction', finding.plan.correction],
            ['Root cause', finding.plan.rootCause],
            finding.plan.similarCases ? ['Similar cases', finding.plan.similarCases] : undefined,
            ['Corrective action', finding.plan.action],
            ['Done by', <Day key="due" on={finding.plan.dueOn} today={today} />],
            finding.plan.effectivenessOn
              ? ['Effectiveness checked', <Day key="check" on={finding.plan.effectivenessOn} today={today} />]
              : undefined,
          ]}
        />
      ) : (
        <Empty>There is no plan yet. The owner of the requirement writes it: correction, root cause, action.</Empty>
      )}
    </section>
  );
}

/** What was reported done, with its files, and how it was judged. */
function Actions({ records, view }: { records: ProgramRecord[]; view: ProgramView }) {
  const found = records.flatMap((record) => (record.type === 'CorrectiveActionDone' ? [record] : []));
  const verdicts = records.flatMap((record) =>
    record.type === 'FindingVerified' || record.type === 'CorrectiveActionPlanReviewed' ? [record] : [],
  );
  if (found.length === 0 && verdicts.length === 0) return null;
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">What was done, and how it was judged</h2>
      {[...found, ...verdicts]
        .sort((one, other) => one.seq - other.seq)
        .map((record) => (
          <div key={record.seq} class="piece">
            <p class="quiet">
              {titleOf(record)}, <WhoWhen record={record} view={view} />
            </p>
            <Said words={'evidence' in record.data ? record.data.evidence : record.data} record={record} view={view} />
          </div>
        ))}
    </section>
  );
}

function titleOf(record: ProgramRecord): string {
  if (record.type === 'CorrectiveActionDone') return 'Reported done';
  if (record.type === 'FindingVerified') return record.data.effective ? 'Found effective' : 'Found not effective';
  const isAccepted = record.type === 'CorrectiveActionPlanReviewed' && record.data.verdict === 'accept';
  return isAccepted ? 'Plan accepted' : 'Plan sent back';
}
