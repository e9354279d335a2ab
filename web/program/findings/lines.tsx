import { type Finding, isUnverified } from '../../../domain/findings/finding.ts';
import { isPast } from '../../../domain/findings/queries.ts';
import { findingStatusLabels, gradeLabels } from '../../../words/labels.ts';
import { shortened } from '../../../words/mail/clean.ts';
import { capitalized } from '../../../words/phrases.ts';
import { Day } from '../../html/parts.tsx';
import type { ProgramView } from '../reading.ts';

/** Findings, each in a line with how it stands, that leads to its page. */
export function FindingLines({ findings, view }: { findings: readonly Finding[]; view: ProgramView }) {
  return (
    <ul class="lines">
      {findings.map((finding) => (
        <li key={finding.id}>
          <a href={`${view.url}/findings/${encodeURIComponent(finding.id)}`}>
            {finding.id}: {shortened(finding.statement, 160)}
          </a>
          <span class="meta">
            <FindingState finding={finding} view={view} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How a finding stands: its grade, its requirement, its status, and the deadline ahead. */
export function FindingState({ finding, view: { state, now, today } }: { finding: Finding; view: ProgramView }) {
  const { grade, requirementId, status } = finding;
  const dueOn = nextDeadline(finding);
  const late = dueOn !== undefined && isPast(finding, dueOn, state, now);
  return (
    <>
      {capitalized(gradeLabels[grade])} of {requirementId}
      {status !== 'noted' && `, ${findingStatusLabels[status]}`}
      {dueOn && (
        <>
          {', '}
          <span class={late ? 'late' : undefined}>
            {status === 'open' ? 'plan ' : 'verification '}
            {late ? 'was due ' : 'due '}
            <Day on={dueOn} today={today} />
          </span>
        </>
      )}
    </>
  );
}

function nextDeadline(finding: Finding) {
  if (!isUnverified(finding)) return undefined;
  return finding.status === 'open' ? finding.planDueOn : finding.verifyDueOn;
}
