import type { Known } from '../../../domain/offers/asked.ts';
import type { CommandType, ProgramRecord } from '../../../domain/registry.ts';
import { commandTitle, commandVerb } from '../../../words/forms/index.ts';
import { CommandForm, type FormsContext } from '../../forms/commandForm.tsx';
import type { Page, Place } from '../../html/layout.tsx';
import { Notice, Quote } from '../../html/parts.tsx';
import { Back } from '../parts/links.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { About } from './about.tsx';
import { Preview } from './preview.tsx';
import { placeOf } from './target.ts';

interface ActPageProps {
  view: ProgramView;
  command: CommandType;
  known: Known;
  forms: FormsContext;
  /** What would be recorded if the form were sent as it is. */
  follows?: readonly ProgramRecord[] | undefined;
}

/** The page of a command's form. */
export function actPage({ view, command, known, forms, follows }: ActPageProps): Page {
  const title = commandTitle(command);
  const place = placeOf(command, known);
  return {
    title,
    program: inProgram(view, placeNamed(place)),
    body: (
      <>
        <Back href={`${view.url}${place}`}>{backWords(place)}</Back>
        <h1>{title}</h1>
        <About view={view} command={command} known={known} />
        {follows && <Preview records={follows} view={view} />}
        <CommandForm type={command} known={known} context={forms} buttons={<Buttons command={command} />} />
      </>
    ),
  };
}

/** To do it, or to see first what would follow. */
function Buttons({ command }: { command: CommandType }) {
  return (
    <p class="row">
      <button class="primary" type="submit">
        {commandVerb(command)}
      </button>
      <button type="submit" name="_do" value="preview">
        See what would follow
      </button>
    </p>
  );
}

interface NotNowProps {
  view: ProgramView;
  command: CommandType;
  known: Known;
  /** Why not, in a sentence. */
  why: string;
  /** What was typed, so that it is not lost. */
  typed?: string;
}

/** That a command cannot be sent now, why, and where to look. */
export function notNowPage({ view, command, known, why, typed }: NotNowProps): Page {
  const place = placeOf(command, known);
  return {
    title: `${commandTitle(command)}: not possible now`,
    program: inProgram(view, placeNamed(place)),
    body: (
      <>
        <Back href={`${view.url}${place}`}>{backWords(place)}</Back>
        <h1>{commandTitle(command)}: not possible now</h1>
        <p class="lead">{why}</p>
        {typed && (
          <Notice tone="plain" title="What you typed, to be copied">
            <Quote>{typed}</Quote>
          </Notice>
        )}
        <p>
          The page shows how it stands: <a href={`${view.url}${place}`}>{backWords(place)}</a>.
        </p>
      </>
    ),
  };
}

function placeNamed(place: string): Place | undefined {
  const names: readonly Place[] = ['tasks', 'requirements', 'audits', 'findings', 'certificate'];
  return place === '' ? 'overview' : names.find((name) => place.startsWith(`/${name}`));
}

function backWords(place: string): string {
  const [, name = '', id] = place.split('/').map(decodeURIComponent);
  if (id) return { tasks: `Task ${id}`, findings: `Finding ${id}`, audits: `Audit ${id}` }[name] ?? id;
  if (name === 'systems') return 'AI systems';
  return name === '' ? 'Overview' : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
