import { randomUUID } from 'node:crypto';
import { adoptablePhases } from '../../domain/adoption/adoption.ts';
import { phaseLabels } from '../../words/labels.ts';
import { capitalized } from '../../words/phrases.ts';
import { ErrorSummary, type FormError } from '../forms/fields.tsx';
import type { Form } from '../forms/form.ts';
import type { Page } from '../html/layout.tsx';
import type { StartForm } from './frame.tsx';
import { Known } from './known.tsx';
import { phaseHints } from './parts.ts';
import { People } from './people.tsx';
import { Beginning, Body, Calendar, Lengths, More, Organization, Systems } from './sections.tsx';

/** Asks for all that a program starts with. */
export function startPage(given: StartForm): Page {
  const { errors, phase, form, csrf } = given;
  const title = phase ? 'Take over a program under way' : 'Start a program';
  return {
    title,
    at: 'programs',
    body: (
      <>
        <h1>{title}</h1>
        <p class="lead">
          {phase
            ? `It is in the ${phaseLabels[phase]}. Say what is known: what is missing is asked for afterwards, from whoever knows it.`
            : 'Most of it can be changed later. Nothing begins, and nobody gets mail, before you have seen what will happen.'}
        </p>
        {phase && (
          <p>
            <a href="/programs/new?under-way">It is in another phase</a>
          </p>
        )}
        <ErrorSummary errors={errors} />
        <form method="post" action="/programs/new" class="sections" id="start">
          <Keys csrf={csrf} form={form} />
          {phase && <input type="hidden" name="adopt.phase" value={phase} />}
          <Organization {...given} />
          <People {...given} />
          <Systems {...given} />
          <Calendar {...given} />
          <Body {...given} />
          {phase ? <Known {...given} phase={phase} /> : <Lengths {...given} />}
          {phase && <Beginning {...given} />}
          <More {...given} />
          <p class="row">
            <button class="primary" type="submit" name="_do" value="check">
              See what will happen
            </button>
          </p>
        </form>
      </>
    ),
  };
}

/** What a form of a start sends beside what was typed: sent twice, it is done once. */
export function Keys({ csrf, form }: { csrf: string; form: Form }) {
  return (
    <>
      <input type="hidden" name="_csrf" value={csrf} />
      <input type="hidden" name="_key" value={form.get('_key') || randomUUID()} />
    </>
  );
}

/** Asks where a program under way stands, because that decides what else is asked. */
export function phasePage(errors: readonly FormError[] = []): Page {
  return {
    title: 'Take over a program under way',
    at: 'programs',
    body: (
      <>
        <h1>Where does the program stand?</h1>
        <p class="lead">Only what that phase needs is asked for next.</p>
        <ErrorSummary errors={errors} />
        <form method="get" action="/programs/new" class="stack">
          <input type="hidden" name="under-way" value="" />
          <fieldset class="field" id="f-phase">
            <legend>Phase</legend>
            {adoptablePhases.map((phase) => (
              <label class="choice" key={phase}>
                <input type="radio" name="phase" value={phase} required />
                <span>
                  {capitalized(phaseLabels[phase])} <span class="quiet">– {phaseHints[phase]}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <button class="primary" type="submit">
            Go on
          </button>
        </form>
      </>
    ),
  };
}
