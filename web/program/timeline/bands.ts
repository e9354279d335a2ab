import { type IsoDate, type PlannedPhase, plannedPhases } from '../../../domain/basics.ts';
import { addDays, dateAt, daysBetween, latest } from '../../../domain/calendar.ts';
import { isEnded } from '../../../domain/program/queries.ts';
import { planned } from '../../../domain/rules/plan.ts';
import type { ProgramState } from '../../../domain/state.ts';
import { phaseLabels } from '../../../words/labels.ts';
import { capitalized } from '../../../words/phrases.ts';
import type { Chronicle } from './chronicle.ts';
import type { Band } from './timeline.ts';

/** The phases that a program went through and those that its plan foresees, then the cycles of its certificate. */
export function bandsOf(state: ProgramState, chronicle: Chronicle, today: IsoDate): Band[] {
  const gone = phasesGone(state, chronicle, today);
  return [...gone, ...(isEnded(state) ? [] : phasesAhead(state, gone, today)), ...cycles(chronicle, today)];
}

function phasesGone(state: ProgramState, { phases, cycles: certified }: Chronicle, today: IsoDate): Band[] {
  if (state.status === 'planned') return [];
  const { timeZone } = state.calendar;
  const first = { phase: firstPhase(state, phases), on: state.plan.startsOn };
  const took = state.adoptedAt && dateAt(state.adoptedAt, timeZone);
  const before: Band[] =
    took && took > state.plan.startsOn && certified.every(({ from }) => from >= took)
      ? [{ label: 'Before the takeover', from: state.plan.startsOn, to: took, planned: false }]
      : [];
  const begun = [took && took > first.on ? { ...first, on: took } : first, ...phases];
  const bands = begun.flatMap(({ phase, on }, index): Band[] => {
    if (phase === 'surveillanceCycle' || phase === 'closed') return [];
    const to = latest(begun[index + 1]?.on ?? today, addDays(on, 1));
    return [{ label: capitalized(phaseLabels[phase]), from: on, to, planned: false }];
  });
  return [...before, ...bands];
}

/** A program begins with the gap assessment, unless it was taken over into another phase. */
function firstPhase(state: ProgramState, phases: Chronicle['phases']) {
  if (!state.adoptedAt) return 'gapAssessment';
  return phases.length === 0 ? state.phase : 'closed';
}

/** What is left of the present phase, and those after it: as long as the plan says, from today on if it is late. */
function phasesAhead(state: ProgramState, gone: Band[], today: IsoDate): Band[] {
  const place = plannedPhases.indexOf(state.phase as PlannedPhase);
  if (place < 0) return [];
  const spans = planned(state.plan);
  const label = (phase: PlannedPhase) => capitalized(phaseLabels[phase]);
  const present = plannedPhases[place]!;
  const bands: Band[] = [];
  let from = spans[present].endsOn;
  if (state.status === 'planned') {
    bands.push({ label: label(present), from: spans[present].startsOn, to: from, planned: true });
  } else if (from > today) {
    bands.push({ label: gone.length > 0 ? '' : label(present), from: today, to: from, planned: true });
  }
  from = latest(from, today);
  for (const phase of plannedPhases.slice(place + 1)) {
    const to = addDays(from, daysBetween(spans[phase].startsOn, spans[phase].endsOn));
    bands.push({ label: label(phase), from, to, planned: true });
    from = to;
  }
  return bands;
}

/** Each cycle until the next one began; of the present one what is over and what is ahead. */
function cycles({ cycles: all }: Chronicle, today: IsoDate): Band[] {
  return all.flatMap(({ cycle, from, lastDay }, index): Band[] => {
    const next = all[index + 1]?.from;
    const to = next && next < lastDay ? next : lastDay;
    const label = `Certificate, cycle ${cycle}`;
    if (to <= today) return [{ label, from, to, planned: false }];
    if (from >= today) return [{ label, from, to, planned: true }];
    return [
      { label, from, to: today, planned: false },
      { label: '', from: today, to, planned: true },
    ];
  });
}
