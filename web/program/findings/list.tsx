import type { FastifyInstance } from 'fastify';
import { pageRequest } from '../../../api/pages.ts';
import { isNonconformity, isUnverified } from '../../../domain/findings/finding.ts';
import { many } from '../../../words/outlook/ahead.ts';
import { capitalized } from '../../../words/phrases.ts';
import type { Page } from '../../html/layout.tsx';
import { Empty } from '../../html/parts.tsx';
import { Done } from '../done.tsx';
import { More, Views, withQuery } from '../parts/links.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { FindingLines } from './lines.tsx';

/** The findings of a program. */
export async function findingsPage(
  app: FastifyInstance,
  view: ProgramView,
  query: Record<string, string | undefined>,
): Promise<Page> {
  const { show, cursor } = query;
  const { state, sight, url } = view;
  const page = pageRequest({ limit: 200, ...(cursor && { cursor }) });
  const { items, nextCursor } = await app.services.database.read.findings(state.id, page, sight.finding);
  const open = items.filter(isUnverified);
  const others = items.filter(({ grade }) => !isNonconformity(grade));
  const ended = items.filter((one) => isNonconformity(one.grade) && !isUnverified(one));
  const kinds = { open, ended, others };
  const shown = show === 'ended' || show === 'others' ? show : 'open';
  const path = `${url}/findings`;
  return {
    title: 'Findings',
    program: inProgram(view, 'findings'),
    body: (
      <>
        <h1>Findings</h1>
        <Done query={query} />
        <p class="lead">{leadWords(open.length, open.filter(({ grade }) => grade === 'major').length)}</p>
        <Views
          label="Which findings"
          views={[
            { label: 'Open', href: path, current: shown === 'open', count: open.length },
            {
              label: 'Verified',
              href: withQuery(path, { show: 'ended' }),
              current: shown === 'ended',
              count: ended.length,
            },
            {
              label: 'Others',
              href: withQuery(path, { show: 'others' }),
              current: shown === 'others',
              count: others.length,
            },
          ]}
        />
        {kinds[shown].length > 0 ? (
          <FindingLines findings={shown === 'open' ? open : [...kinds[shown]].reverse()} view={view} />
        ) : (
          <Empty>{empty[shown]}</Empty>
        )}
        <More href={nextCursor ? withQuery(path, { show, cursor: nextCursor }) : undefined}>Show more</More>
      </>
    ),
  };
}

const empty = {
  open: 'No nonconformity is open. What audits raise will be here, with its plan, its action and its deadlines.',
  ended: 'No nonconformity was verified yet.',
  others: 'No concerns, observations or opportunities were noted.',
} as const;

function leadWords(open: number, majors: number): string {
  if (open === 0) return 'No nonconformity is open.';
  const which = majors === 0 ? '' : `, ${majors === open ? 'all' : many(majors, '').trim()} of them major`;
  return `${capitalized(many(open, 'nonconformity', 'nonconformities'))} ${open === 1 ? 'is' : 'are'} open${which}.`;
}
