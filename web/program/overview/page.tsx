import type { FastifyInstance } from 'fastify';
import { ahead } from '../../../domain/outlook/ahead.ts';
import { standardOutline } from '../../../domain/standards/index.ts';
import { statusLabels } from '../../../words/labels.ts';
import { aheadWords } from '../../../words/outlook/ahead.ts';
import { fullMoment } from '../../../words/when.ts';
import type { Page } from '../../html/layout.tsx';
import { Done } from '../done.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { readTimeline, TimelineSection } from '../timeline/section.tsx';
import { Coming } from './coming.tsx';
import { FromHere } from './fromHere.tsx';
import { LeftAlone } from './leftAlone.tsx';
import { NearlyFull } from './nearlyFull.tsx';
import { OverdueSection, readOverdue } from './overdue.tsx';
import { Readiness } from './readiness.tsx';
import { Risks } from './risks.tsx';
import { StandsStill } from './standsStill.tsx';
import { readUnreached, UnreachedNotice } from './unreached.tsx';
import { seenWaits, Waits, YourTurn } from './waits.tsx';

/** The first page of a program: what is next and whose turn it is, and where it stands. */
export async function overviewPage(app: FastifyInstance, view: ProgramView, query: unknown): Promise<Page> {
  const { state } = view;
  const [timeline, overdue, unreached] = await Promise.all([
    readTimeline(app, view),
    readOverdue(app, view),
    readUnreached(app, view),
  ]);
  const all = ahead(state);
  const waits = seenWaits(all.waits, view);
  const [first, ...others] = aheadWords({ next: all.next, waits }, { ...view });
  return {
    title: state.name,
    program: inProgram(view, 'overview'),
    wide: true,
    body: (
      <>
        <Kicker view={view} />
        <h1>{state.name}</h1>
        <Done query={query} />
        <p class="lead reading-width">
          {first} {others.join(' ')}
        </p>
        <StandsStill app={app} view={view} />
        <LeftAlone view={view} />
        <NearlyFull view={view} />
        <UnreachedNotice unreached={unreached} view={view} />
        <YourTurn waits={waits} view={view} />
        <Risks view={view} />
        <TimelineSection timeline={timeline} view={view} />
        <Waits waits={waits} view={view} />
        <Readiness view={view} />
        <OverdueSection overdue={overdue} view={view} />
        <Coming view={view} />
        <FromHere view={view} />
      </>
    ),
  };
}

function Kicker({ view }: { view: ProgramView }) {
  const { state, now, timeZone } = view;
  const parts = [state.organization, standardOutline(state.standard.id).title];
  if (state.status !== 'active') parts.push(statusLabels[state.status]);
  if (state.rehearsal) parts.push(`a rehearsal, its clock at ${fullMoment(now, timeZone)}`);
  return <p class="kicker">{parts.join(' · ')}</p>;
}
