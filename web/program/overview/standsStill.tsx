import type { FastifyInstance } from 'fastify';
import { now } from '../../../api/clock.ts';
import { standsAs } from '../../../api/executions/healing.ts';
import { dateAt, todayIn } from '../../../domain/calendar.ts';
import { standsWords } from '../../../words/executions.ts';
import { Day, Notice } from '../../html/parts.tsx';
import type { ProgramView } from '../reading.ts';

/** Says to those who steer that their program's execution does not go on, and to those who run Certloop what to do. */
export function StandsStill({
  app,
  view: { state, sight, actor, timeZone },
}: {
  app: FastifyInstance;
  view: ProgramView;
}) {
  const finding = app.services.executions?.of(state.id);
  if (!finding || !sight.all('readiness')) return null;
  const stands = standsAs(finding, now());
  const { title, says } = standsWords[stands];
  // It stands in the world's time, also where the program's clock is a rehearsal's.
  const today = todayIn(state.calendar, now());
  return (
    <Notice tone={stands === 'waits' ? 'bad' : 'soon'} title={title}>
      <p>
        Since <Day on={dateAt(finding.since, timeZone)} today={today} />. {says}
      </p>
      {actor.installationRole && (
        <p>
          For those who run Certloop: {finding.detail.replace(/[^.]$/, '$&.')} {stands !== 'returns' && finding.remedy}
        </p>
      )}
    </Notice>
  );
}
