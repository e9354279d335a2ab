import { type Risk, risks } from '../../../domain/outlook/risks.ts';
import { riskWords } from '../../../words/outlook/risks.ts';
import { Moment } from '../../html/parts.tsx';
import type { ProgramView } from '../reading.ts';

/** How many of the program's own warnings are told. */
const latestWarnings = 3;

/** What puts the program at risk, and why; for who may know. */
export function Risks({ view }: { view: ProgramView }) {
  const { state, now, today, timeZone, sight, warnings, url } = view;
  const found = sight.all('readiness') ? risks(state, now).flatMap((risk) => seen(risk, view)) : [];
  const warned = sight.all('warning') ? warnings.slice(-latestWarnings).reverse() : [];
  if (found.length === 0 && warned.length === 0) return null;
  return (
    <section aria-labelledby="risks">
      <h2 id="risks">{found.length > 0 ? 'At risk' : 'Warnings'}</h2>
      <ul class="lines">
        {found.map((risk) => (
          <li key={JSON.stringify(risk)} class={risk.tone}>
            <a href={hrefOf(risk, url)}>{riskWords(risk, state, today)}</a>
          </li>
        ))}
      </ul>
      {warned.length > 0 && (
        <details>
          <summary>What the program warned of last</summary>
          <ul class="lines">
            {warned.map(({ at, text }) => (
              <li key={`${at} ${text}`}>
                {text}
                <span class="meta">
                  <Moment at={at} timeZone={timeZone} today={today} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** A risk as far as somebody sees what it is about. */
function seen(risk: Risk, { sight, state }: ProgramView): Risk[] {
  if ('taskIds' in risk) {
    // The first due comes first: of those that are seen, its day counts.
    const taskIds = risk.taskIds.filter(sight.task);
    const on = state.tasks[taskIds[0] ?? '']?.dueOn;
    return on ? [{ ...risk, taskIds, on }] : [];
  }
  if ('taskId' in risk) return sight.task(risk.taskId) ? [risk] : [];
  if ('findingId' in risk) return sight.finding(risk.findingId) ? [risk] : [];
  return !('auditId' in risk) || sight.audit(risk.auditId) ? [risk] : [];
}

function hrefOf(risk: Risk, url: string): string {
  if ('taskIds' in risk && risk.taskIds.length > 1) return '#overdue';
  const taskId = 'taskIds' in risk ? risk.taskIds[0] : 'taskId' in risk ? risk.taskId : undefined;
  if (taskId) return `${url}/tasks/${encodeURIComponent(taskId)}`;
  if ('findingId' in risk) return `${url}/findings/${encodeURIComponent(risk.findingId)}`;
  return 'auditId' in risk ? `${url}/audits/${encodeURIComponent(risk.auditId)}` : `${url}/certificate`;
}
