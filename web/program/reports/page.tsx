import type { FastifyInstance } from 'fastify';
import { positionOf } from '../../../api/pages.ts';
import { recordsThrough } from '../../../api/records.ts';
import type { Offer } from '../../../domain/offers/offers.ts';
import type { ProgramRecord, RecordType } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { list } from '../../../words/phrases.ts';
import type { Page } from '../../html/layout.tsx';
import { Day, Empty, Facts, Quote } from '../../html/parts.tsx';
import { Offers } from '../parts/forms.tsx';
import { RecordLine } from '../parts/history.tsx';
import { Back, More, withQuery } from '../parts/links.tsx';
import { Said } from '../parts/said.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { TaskLines } from '../tasks/lines.tsx';

/** How many a page has. */
const perPage = 50;

/** What is told in full here; the program itself carries little or nothing of it. */
const types: RecordType[] = [
  'ManagementReviewHeld',
  'ManagementReviewCorrected',
  'IncidentReported',
  'IncidentCorrected',
  'ComplaintReceived',
  'ComplaintCorrected',
  'SignificantChangeReported',
];

/** A report, and the tasks that it brought. */
interface Report {
  record: ProgramRecord;
  tasks: Task[];
}

/** Every management review, incident, complaint and significant change that the reader may read, newest first, in full. */
export async function reportsPage(
  app: FastifyInstance,
  view: ProgramView,
  { cursor }: Record<string, string | undefined>,
): Promise<Page> {
  const { state, sight, url } = view;
  const through = cursor === undefined ? state.seq : Math.min(positionOf(cursor), state.seq);
  const { register } = app.services.database;
  const wanted = { names: [types] };
  const { items, nextCursor } = await recordsThrough(register, state.id, sight, { through, limit: perPage }, wanted);
  const reports = await Promise.all([...items].reverse().map((record) => reportOf(app, view, record)));
  return {
    title: 'Reviews, incidents and complaints',
    program: inProgram(view, 'records'),
    body: (
      <>
        <Back href={`${url}/records`}>Records</Back>
        <h1>Reviews, incidents and complaints</h1>
        <p class="lead">
          Management reviews, incidents, complaints and significant changes as they were recorded, with what came of
          them.
        </p>
        {reports.length > 0 ? (
          reports.map((report) => <ReportShown key={report.record.seq} report={report} view={view} />)
        ) : (
          <Empty>None that you can see was recorded. They stay here for as long as there is a register.</Empty>
        )}
        <More href={nextCursor ? withQuery(`${url}/reports`, { cursor: nextCursor }) : undefined}>
          Show earlier ones
        </More>
      </>
    ),
  };
}

async function reportOf(app: FastifyInstance, { state, sight }: ProgramView, record: ProgramRecord): Promise<Report> {
  const { register, read } = app.services.database;
  const commit = (await register.command(state.id, record.commandId)) ?? [];
  const opened = commit.flatMap(({ type, data, item }) =>
    type === 'TaskOpened' && item === record.item && sight.task(data.task.id) ? [data.task.id] : [],
  );
  return { record, tasks: await read.tasksOf(state.id, opened) };
}

/** By which command what was told is put right, and what names it there; undefined where it cannot be anymore. */
function rightingOf({ type, data }: ProgramRecord, { reviews }: ProgramState): Offer | undefined {
  if (type === 'IncidentReported') return { command: 'correctIncident', known: { incidentId: data.id } };
  if (type === 'ComplaintReceived') return { command: 'correctComplaint', known: { complaintId: data.id } };
  // The program carries the last ones.
  if (type !== 'ManagementReviewHeld' || !reviews.some(({ id }) => id === data.id)) return undefined;
  return { command: 'correctManagementReview', known: { reviewId: data.id } };
}

/** What the reader can do about it now. */
function offersOf(record: ProgramRecord, view: ProgramView): Offer[] {
  const offer = rightingOf(record, view.state);
  return offer && view.offers('program').some(({ command }) => command === offer.command) ? [offer] : [];
}

function ReportShown({ report: { record, tasks }, view }: { report: Report; view: ProgramView }) {
  const { url, today, nameOf } = view;
  return (
    <section class="piece" aria-labelledby={`report-${record.seq}`}>
      <h2 id={`report-${record.seq}`}>
        <RecordLine record={record} view={view} />
      </h2>
      <p class="quiet">
        {nameOf(record.actor)}, <a href={`${url}/records/${record.seq}`}>record {record.seq}</a>
      </p>
      {record.type === 'ManagementReviewHeld' && (
        <>
          <Facts
            facts={[
              ['Held', <Day key="held" on={record.data.heldOn} today={today} near={false} />],
              ['Attended', list(record.data.attendees)],
            ]}
          />
          <Quote by="Inputs">{record.data.inputs}</Quote>
          <Quote by="Decisions">{record.data.decisions}</Quote>
          <Said words={{ note: '', files: record.data.files }} record={record} view={view} />
        </>
      )}
      {record.type === 'ManagementReviewCorrected' && (
        <>
          {record.data.heldOn && (
            <Facts facts={[['Held', <Day key="held" on={record.data.heldOn} today={today} near={false} />]]} />
          )}
          {record.data.inputs && <Quote by="Inputs, as they should read">{record.data.inputs}</Quote>}
          {record.data.decisions && <Quote by="Decisions, as they should read">{record.data.decisions}</Quote>}
          <Quote by="Why it was put right">{record.data.reason}</Quote>
        </>
      )}
      {'description' in record.data && record.data.description && <Quote>{record.data.description}</Quote>}
      {(record.type === 'IncidentCorrected' || record.type === 'ComplaintCorrected') && (
        <Quote by="Why it was put right">{record.data.reason}</Quote>
      )}
      <Offers url={url} offers={offersOf(record, view)} />
      {tasks.length > 0 && (
        <>
          <h3>What was asked because of it</h3>
          <TaskLines tasks={tasks} view={view} />
        </>
      )}
    </section>
  );
}
