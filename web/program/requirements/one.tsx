import type { FastifyInstance } from 'fastify';
import { notFound } from '../../../api/problem.ts';
import { namesAbout } from '../../../api/recordFilter.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import { requirementOf } from '../../../domain/standards/index.ts';
import { count } from '../../../words/phrases.ts';
import type { Page } from '../../html/layout.tsx';
import { Empty, Facts, Quote } from '../../html/parts.tsx';
import { UsualEvidence } from '../../task/usualEvidence.tsx';
import { Done } from '../done.tsx';
import { FindingLines } from '../findings/lines.tsx';
import { recordsNaming } from '../mentions.ts';
import { Offers } from '../parts/forms.tsx';
import { History } from '../parts/history.tsx';
import { Back } from '../parts/links.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { TaskLines } from '../tasks/lines.tsx';
import { AcceptedEvidenceList } from './evidenceList.tsx';
import { Mark } from './mark.tsx';
import { type SeenStanding, seenStandings } from './seen.ts';
import { declaredShape, declaredWords, EvidenceWords, evidenceShape } from './words.tsx';

/** The page of one requirement. Throws the 404 problem where there is none, or nothing of it is the reader's to see. */
export async function requirementPage(
  app: FastifyInstance,
  view: ProgramView,
  requirementId: string,
  query: unknown,
): Promise<Page> {
  const standing = seenStandings(view).find(({ outline }) => outline.id === requirementId);
  if (!standing) throw notFound(`The requirement ${requirementId}`);
  const records = await recordsNaming(app, view, namesAbout({ requirement: requirementId }, view.ties));
  const { id, title } = standing.outline;
  const { read } = app.services.database;
  const found = [...view.ties.findings].flatMap(([findingId, tie]) =>
    tie.requirementId === id && view.sight.finding(findingId) ? [findingId] : [],
  );
  const findings = await read.findingsOf(view.state.id, found);
  const answered = records.flatMap(({ type, data }) => (type === 'EvidenceAccepted' ? [data.taskId] : []));
  const tasks = await read.tasksOf(view.state.id, answered);
  const titles = new Map(tasks.map((task) => [task.id, task.title]));
  const offers = view.offers({ requirementId });
  return {
    title: `${id} ${title}`,
    program: inProgram(view, 'requirements'),
    body: (
      <>
        <Back href={`${view.url}/requirements`}>Requirements</Back>
        <h1>
          <span class="code">{id}</span> {title}
        </h1>
        <Done query={query} />
        <Words view={view} standing={standing} />
        <Standing view={view} standing={standing} />
        <Offers url={view.url} offers={offers} />
        <h2>Open tasks</h2>
        {standing.open.length > 0 ? (
          <TaskLines tasks={standing.open} view={view} />
        ) : (
          <Empty>Nothing is asked for now.</Empty>
        )}
        <AcceptedEvidenceList records={records} standing={standing} titles={titles} view={view} />
        {findings.length > 0 && (
          <>
            <h2>Findings</h2>
            <FindingLines findings={[...findings].reverse()} view={view} />
          </>
        )}
        <Past records={records} view={view} />
      </>
    ),
  };
}

/** What it asks for, in our words. */
function Words({ view, standing }: { view: ProgramView; standing: SeenStanding }) {
  const requirement = requirementOf(view.state.standard.id, standing.outline.id);
  if (!requirement) return null;
  return (
    <>
      <p class="lead">{requirement.ask}</p>
      <p>{requirement.why}</p>
      <UsualEvidence requirement={requirement}>
        <p class="quiet">Usually answered for by: {requirement.usualOwner}.</p>
      </UsualEvidence>
    </>
  );
}

/** What is declared, and apart from it what was shown. */
function Standing({ view, standing }: { view: ProgramView; standing: SeenStanding }) {
  const { rating, applicability, outline } = standing;
  const { nameOf } = view;
  return (
    <section aria-labelledby="standing">
      <h2 id="standing">Where it stands</h2>
      <Facts
        facts={[
          [
            'Declared',
            <>
              <Mark kind="declared" shape={declaredShape(standing)} /> {declaredWords(standing)}
              {rating && `, ${rating.priority} priority, ${count(rating.effortDays, 'day')} of work`}
            </>,
          ],
          [
            'Evidence',
            <>
              <Mark kind="evidenced" shape={evidenceShape(standing)} />{' '}
              <EvidenceWords standing={standing} view={view} />
            </>,
          ],
          rating ? ['Owner', nameOf(rating.owner)] : undefined,
          outline.documented
            ? ['Documented', 'The standard asks for it in writing, whatever else is decided.']
            : undefined,
        ]}
      />
      {rating?.gap && <Quote by="The gap, as the gap assessment found it">{rating.gap}</Quote>}
      {applicability && (
        <Quote by={applicability.applicable ? 'Why the control applies' : 'Why the control does not apply'}>
          {applicability.justification}
        </Quote>
      )}
    </section>
  );
}

function Past({ records, view }: { records: ProgramRecord[]; view: ProgramView }) {
  const newest = [...records].reverse();
  return (
    <section aria-labelledby="past">
      <h2 id="past">What happened</h2>
      {newest.length > 0 ? (
        <History records={newest} view={view} />
      ) : (
        <Empty>Nothing was recorded of it yet. Ratings, tasks, evidence and findings will be here.</Empty>
      )}
    </section>
  );
}
