import { own, plannedPhases } from '../../../domain/basics.ts';
import type { Known } from '../../../domain/offers/asked.ts';
import type { CommandType } from '../../../domain/registry.ts';
import { planned } from '../../../domain/rules/plan.ts';
import { requirementOutline } from '../../../domain/standards/index.ts';
import { auditLabels, gradeLabels, phaseLabels } from '../../../words/labels.ts';
import { capitalized, duration } from '../../../words/phrases.ts';
import { Day, Facts, Quote } from '../../html/parts.tsx';
import { CalendarNow } from '../calendar/now.tsx';
import type { ProgramView } from '../reading.ts';

/** What a form is about, for who fills it in. */
export function About({ view, command, known }: { view: ProgramView; command: CommandType; known: Known }) {
  const { state, url, today } = view;
  const { taskId = '', auditId = '', findingId = '', requirementId, controlId, systemId, id, email } = known;
  const task = own(state.tasks, taskId);
  const audit = own(state.audits, auditId);
  const finding = own(state.findings, findingId);
  const requirement = requirementOutline(state.standard.id, requirementId ?? controlId ?? '');
  const system = own(state.aiSystems, systemId ?? id ?? '');
  if (command === 'changePlan') return <PlanNow view={view} />;
  if (command === 'changeCalendar') return <CalendarNow view={view} />;
  return (
    <>
      {task && (
        <p class="lead">
          <a href={`${url}/tasks/${task.id}`}>{task.title}</a>
        </p>
      )}
      {audit && (
        <p class="lead">
          {capitalized(auditLabels[audit.kind])} {audit.id},{' '}
          {audit.status === 'planned' ? (
            <>
              planned for about <Day on={audit.targetOn} today={today} />
            </>
          ) : (
            <Day on={audit.startsOn ?? audit.targetOn} today={today} />
          )}
          {audit.status === 'planned' && audit.latestOn && (
            <>
              , at the latest <Day on={audit.latestOn} today={today} />
            </>
          )}
        </p>
      )}
      {finding && (
        <>
          <p class="lead">
            {capitalized(gradeLabels[finding.grade])} {finding.id}, requirement {finding.requirementId}
          </p>
          <Quote>{finding.statement}</Quote>
        </>
      )}
      {requirement && !finding && (
        <p class="lead">
          {requirement.id} {requirement.title}
        </p>
      )}
      {system && <p class="lead">{system.name}</p>}
      {email && <p class="lead">{view.nameOf(email)}</p>}
    </>
  );
}

/** How the plan is now: what is left empty in its form stays so. */
function PlanNow({ view: { state, today } }: { view: ProgramView }) {
  const spans = planned(state.plan);
  return (
    <section aria-labelledby="plan-now">
      <h2 id="plan-now">The plan now</h2>
      <Facts
        facts={plannedPhases.map((phase) => [
          capitalized(phaseLabels[phase]),
          <>
            {duration(state.plan.phases[phase])}: <Day on={spans[phase].startsOn} today={today} near={false} /> to{' '}
            <Day on={spans[phase].endsOn} today={today} near={false} />
          </>,
        ])}
      />
    </section>
  );
}
