import type { FastifyPluginAsync } from 'fastify';
import { readingOf, summaryOf } from '../../api/readings.ts';
import { sightFor } from '../../api/sights.ts';
import { clockNow } from '../../api/views/program.ts';
import { dateAt } from '../../domain/calendar.ts';
import { openTasks } from '../../domain/tasks/queries.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { ProgramSummary } from '../../domain/views.ts';
import { phaseLabels } from '../../words/labels.ts';
import { count } from '../../words/phrases.ts';
import { longDay } from '../../words/when.ts';
import type { Page } from '../html/layout.tsx';
import { Day, Notice } from '../html/parts.tsx';

/** The page that a start leads to: what was started, what was warned of, and what is asked for first. */
export const begunRoutes: FastifyPluginAsync = async (app) => {
  app.get('/begun', async (request, reply) => {
    const { id } = request.program;
    const [summary, { state, warnings }, sight] = await Promise.all([
      summaryOf(app.services, id),
      readingOf(app.services, id),
      sightFor(app.services, request),
    ]);
    const asked = openTasks(state).filter(({ id: taskId }) => sight.task(taskId));
    const page = begunPage({
      summary,
      startsOn: state.plan.startsOn,
      warnings: sight.all('warning') ? warnings.map(({ text }) => text) : [],
      tasks: asked,
    });
    return reply.show(page);
  });
};

interface Begun {
  summary: ProgramSummary;
  startsOn: Task['dueOn'];
  warnings: string[];
  tasks: Task[];
}

function begunPage({ summary, startsOn, warnings, tasks }: Begun): Page {
  const { id, name, phase, status, rehearsal, timeZone } = summary;
  const base = `/programs/${encodeURIComponent(id)}`;
  const today = dateAt(clockNow(summary), timeZone);
  return {
    title: `${name} has started`,
    program: { id, name },
    body: (
      <>
        <h1>{name} has started</h1>
        <p class="lead">
          {status === 'planned'
            ? `On ${longDay(startsOn)} the gap assessment begins, and what it needs is asked for. Until then nobody has anything to do.`
            : `It is in the ${phaseLabels[phase]}, and ${count(tasks.length, 'task')} ${tasks.length === 1 ? 'is' : 'are'} asked for now.`}
          {rehearsal && ' It is a rehearsal: move its clock to see what comes.'}
        </p>
        {warnings.length > 0 && (
          <Notice tone="soon" title="Unusual, and allowed">
            <ul>
              {warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </Notice>
        )}
        {tasks.length > 0 && (
          <>
            <h2>Asked for now</h2>
            <ul class="rows">
              {tasks.slice(0, 20).map((task) => (
                <li key={task.id}>
                  <a href={`${base}/tasks/${encodeURIComponent(task.id)}`}>{task.title}</a>
                  <p class="quiet">
                    {task.assignee}, due <Day on={task.dueOn} today={today} />
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
        <p class="row">
          <a class="button primary" href={base}>
            Open the program
          </a>
        </p>
      </>
    ),
  };
}
