import type { Audit } from '../../../domain/audits/audit.ts';
import { addDays, earliest, latest } from '../../../domain/calendar.ts';
import { isEnded } from '../../../domain/program/queries.ts';
import { planned } from '../../../domain/rules/plan.ts';
import type { ProgramView } from '../reading.ts';
import { bandsOf } from './bands.ts';
import type { Chronicle } from './chronicle.ts';
import { auditMarks, bodyMarks, ownMarks } from './marks.ts';
import type { Timeline } from './timeline.ts';

/** Days ahead that are shown at least, where nothing planned goes further. */
const leastAhead = 30;

/** The timeline of a program: from its start to the last day of its certificate, or to the end of its plan. */
export function timelineOf(view: ProgramView, chronicle: Chronicle, all: readonly Audit[]): Timeline {
  const { state, today, sight } = view;
  const audits = auditMarks(
    all.filter(({ id }) => sight.audit(id)),
    today,
  );
  const bands = bandsOf(state, chronicle, today);
  const { certificate, plan } = state;
  const end = certificate ? certificate.lastDay : planned(plan).certificationAudit.endsOn;
  const ends = isEnded(state)
    ? [today]
    : [end, addDays(today, leastAhead), ...audits.map(({ until, to }) => until ?? to)];
  const from = earliest(plan.startsOn, ...audits.map((audit) => audit.from), ...bands.map((band) => band.from));
  const to = latest(...ends, ...bands.map((band) => band.to));
  const within = ({ on }: { on: string }) => on >= from && on <= to;
  return {
    from,
    to,
    today,
    bands,
    audits,
    body: bodyMarks(view).filter(within),
    own: ownMarks(view).filter(within),
  };
}
