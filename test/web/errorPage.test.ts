import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { asProblem, Problem } from '../../api/problem.ts';
import { problemPage } from '../../web/errorPage.tsx';

const full = Object.assign(new Error('insert - could not extend file "base/1/2": No space left on device'), {
  code: '53100',
  severity: 'ERROR',
});
const readOnly = Object.assign(new Error('SQLITE_READONLY: attempt to write a readonly database'), {
  code: 'SQLITE_READONLY',
});
const away = Object.assign(new Error('the database system is starting up'), { code: '57P03', severity: 'FATAL' });

function shown(problem: Problem, ways: { again?: string | undefined; isSignedIn?: boolean } = {}): string {
  return render(problemPage(problem, { again: '/programs', isSignedIn: true, ...ways }).body as never);
}

test.each([
  [full, 'Nothing can be saved just now', 'No space left on device'],
  [readOnly, 'Nothing can be saved just now', 'attempt to write a readonly database'],
  [away, 'Not reachable just now', 'the database system is starting up'],
])(
  'an outage is said in words for people, and in those of the database for operations alone',
  (error, title, reason) => {
    const html = shown(asProblem(error)!);
    expect(html).toContain(`<h1>${title}</h1>`);
    expect(html).toMatch(new RegExp(`<p class="aside">[^<]*${reason}`));
    expect(html.split(reason)).toHaveLength(2);
    expect(html).toContain('Nothing that was recorded is lost');
    expect(html).toContain('<a class="button primary" href="/programs">Try again</a>');
  },
);

test('what asking again would do twice, or not change, is not offered again', () => {
  expect(shown(asProblem(full)!, { again: undefined })).not.toContain('Try again');
  expect(shown(asProblem(full)!, { again: undefined })).toContain('Go back in your browser');
  expect(shown(new Problem(404, 'unknown', 'The task T-9 does not exist, or you may not see it.'))).not.toContain(
    'Try again',
  );
  expect(shown(new Problem(429, 'tooMany', 'Too many pages were asked for.'))).toContain('Try again');
});

test('who is not signed in is led to the sign-in', () => {
  expect(shown(new Problem(404, 'link', 'This link is not known here.'), { isSignedIn: false })).toContain(
    'href="/sign-in"',
  );
});
