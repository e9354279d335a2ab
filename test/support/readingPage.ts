import { entriesOf } from '../../domain/basics.ts';
import { type Standing, standings } from '../../identity/reading/reader.ts';
import { type Relation, relations } from '../../identity/reading/relations.ts';
import { type Subject, subjects } from '../../identity/reading/subjects.ts';
import { type Extent, reads } from '../../identity/reading/table.ts';

/** The page of readers, made from the table: what of a program each reads. */
export function readingPage(): string {
  const columns = entriesOf<Standing, string>(standings);
  return [
    '# Who reads what',
    '',
    'Made from the code by `npm run docs`; a test fails when it is not up to date. What somebody may not read does not exist for',
    'them: it is answered as an unknown id is, left out of lists, pages, counts and timelines, and a command on it is refused as one',
    'on what is not there. Whoever has several roles reads what any of them reads; whoever is of the certification body reads as its',
    'people do, whatever other role they have. A file is read by whoever reads something in which it stands. While somebody is away,',
    'their deputy reads what was asked of them. The catalogue of standards is read by everybody.',
    '',
    `| what | ${columns.map(([, title]) => title).join(' | ')} |`,
    `|---|${columns.map(() => '---').join('|')}|`,
    ...entriesOf<Subject, string>(subjects).map(
      ([subject, what]) => `| ${what} | ${columns.map(([standing]) => cell(reads[subject][standing])).join(' | ')} |`,
    ),
    '',
    'What the words mean:',
    '',
    '- **all**: all of it; **–**: none.',
    ...entriesOf<Relation, { says: string }>(relations).map(
      ([relation, { says }]) => `- **${relation}**: what is ${says}.`,
    ),
    '',
  ].join('\n');
}

function cell(extent: Extent): string {
  if (extent === 'none') return '–';
  return extent === 'all' ? 'all' : extent.join(', ');
}
