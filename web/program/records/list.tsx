import type { FastifyInstance } from 'fastify';
import { positionOf } from '../../../api/pages.ts';
import { Problem } from '../../../api/problem.ts';
import { type Wanted, wantedBy } from '../../../api/recordFilter.ts';
import { recordsThrough } from '../../../api/records.ts';
import { Refused } from '../../../domain/refusal.ts';
import { count } from '../../../words/phrases.ts';
import { rejectionOf } from '../../../words/sayings/index.ts';
import type { FormError } from '../../forms/fields.tsx';
import type { Page } from '../../html/layout.tsx';
import { Empty } from '../../html/parts.tsx';
import { History } from '../parts/history.tsx';
import { More, withQuery } from '../parts/links.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { fields, filterIn, RecordsFilter } from './filter.tsx';

/** How many records a page has. */
const perPage = 100;

/** What was recorded, in words, newest first. */
export async function recordsPage(
  app: FastifyInstance,
  view: ProgramView,
  query: Record<string, string | undefined>,
): Promise<Page> {
  const { state, sight, url } = view;
  const { cursor } = query;
  const through = cursor === undefined ? state.seq : Math.min(positionOf(cursor), state.seq);
  const page = { through, limit: perPage };
  const { wanted, errors } = wantedIn(query, view);
  const { register } = app.services.database;
  const found = wanted ? await recordsThrough(register, state.id, sight, page, wanted) : undefined;
  const { items = [], nextCursor = null } = found ?? {};
  const asked = Object.fromEntries(fields.map((field) => [field, query[field]]));
  const isAsked = Object.values(asked).some(Boolean);
  return {
    title: 'Records',
    program: inProgram(view, 'records'),
    wide: true,
    body: (
      <>
        <h1>Records</h1>
        <p class="lead reading-width">
          {sight.all('register')
            ? `The register has ${count(state.seq, 'record')}. None can be changed or taken out without being found.`
            : 'What happened in this program, as far as it concerns you.'}
        </p>
        {sight.all('register') && (
          <p class="row">
            <a class="button" href={`${url}/records/verify`}>
              Check the register
            </a>
          </p>
        )}
        <p class="row">
          <a href={`${url}/reports`}>Reviews, incidents and complaints in full</a>
        </p>
        <RecordsFilter view={view} asked={asked} errors={errors} />
        {items.length > 0 ? (
          <History records={[...items].reverse()} view={view} />
        ) : (
          <Empty>{emptyWords(isAsked, errors.length > 0)}</Empty>
        )}
        <More href={nextCursor ? withQuery(`${url}/records`, { ...asked, cursor: nextCursor }) : undefined}>
          Show earlier ones
        </More>
      </>
    ),
  };
}

function emptyWords(isAsked: boolean, isWrong: boolean): string {
  if (isWrong) return 'Change what is asked for, and look again.';
  return isAsked ? 'Nothing that you can see was recorded of that.' : 'Nothing was recorded that concerns you.';
}

/** What is looked for, or what is wrong with it. */
function wantedIn(
  query: Record<string, string | undefined>,
  { ties, timeZone }: ProgramView,
): { wanted?: Wanted; errors: FormError[] } {
  try {
    return { wanted: wantedBy(filterIn(query), ties, timeZone), errors: [] };
  } catch (error) {
    if (error instanceof Refused) {
      const { field, detail } = rejectionOf(error.refusal);
      return { errors: [{ ...(field && { field }), detail: detail.replace(`${field}: `, '') }] };
    }
    if (error instanceof Problem) return { errors: [{ detail: error.message }] };
    throw error;
  }
}
