import { countries } from '../../api/countries.ts';
import { type Email, own } from '../../domain/basics.ts';
import { whoseAct } from '../../domain/entries/telling.ts';
import { isUnverified } from '../../domain/findings/finding.ts';
import type { Known } from '../../domain/offers/asked.ts';
import { hasRole, isOfBody, nameOf } from '../../domain/people/people.ts';
import { areOfOneSide, canAnswer } from '../../domain/people/sides.ts';
import type { CommandType } from '../../domain/registry.ts';
import { resultsFor } from '../../domain/rules/audits.ts';
import { standardOutline } from '../../domain/standards/index.ts';
import type { ProgramState } from '../../domain/state.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { optionLabel } from '../../words/forms/index.ts';
import { auditLabels, gradeLabels } from '../../words/labels.ts';
import { capitalized } from '../../words/phrases.ts';
import type { ChoicesOf, Option } from './fields.tsx';

type Choosing = (state: ProgramState, known: Known) => Option[] | undefined;

const people: Choosing = (state) =>
  state.people.map(({ email, name }) => ({ value: email, label: `${name} (${email})` }));
/** Who can get what somebody had: not that person. */
const successors: Choosing = (state, { email: leaving }) => {
  const one = state.people.find(({ email }) => email === leaving);
  return state.people
    .filter((other) => other.email !== leaving && canAnswer(other) && (!one || areOfOneSide(one, other)))
    .map(({ email, name }) => ({ value: email, label: `${name} (${email})` }));
};
const requirements: Choosing = (state) =>
  standardOutline(state.standard.id).requirements.map(({ id, title }) => ({ value: id, label: `${id} ${title}` }));
const controls: Choosing = (state) =>
  standardOutline(state.standard.id)
    .requirements.filter(({ kind }) => kind === 'control')
    .map(({ id, title }) => ({ value: id, label: `${id} ${title}` }));
const systems: Choosing = (state) => Object.values(state.aiSystems).map(({ id, name }) => ({ value: id, label: name }));
const tasks: Choosing = (state) =>
  Object.values(state.tasks)
    .filter(isUnended)
    .map(({ id, title }) => ({ value: id, label: `${title} (${id})` }));
const audits: Choosing = (state) =>
  Object.values(state.audits).map(({ id, kind }) => ({
    value: id,
    label: `${capitalized(auditLabels[kind])} (${id})`,
  }));
const findings: Choosing = (state) =>
  Object.values(state.findings)
    .filter(isUnverified)
    .map(({ id, grade, statement }) => ({
      value: id,
      label: `${id} ${gradeLabels[grade]}: ${statement.slice(0, 80)}`,
    }));

const reviews: Choosing = (state) =>
  state.reviews.map(({ id, heldOn }) => ({ value: id, label: `${id}, held on ${heldOn}` })).reverse();

/** Only with what the audit can end. */
const results: Choosing = ({ audits }, { auditId }) => {
  const audit = auditId ? own(audits, auditId) : undefined;
  return audit && resultsFor(audit).map((value) => ({ value, label: optionLabel('recordOutcome', 'result', value) }));
};

/** R13: what was covered is said of surveillance audits; of others it is not asked. */
const covered: Choosing = ({ audits }, { auditId }) => {
  const audit = auditId ? own(audits, auditId) : undefined;
  return !audit || audit.kind === 'surveillance' ? undefined : [];
};

/** R30: whose act of the certification body it can be; program managers enter it, others act for themselves. */
function acting(state: ProgramState, { by, command }: FilledIn): Option[] {
  if (!hasRole(state, by, 'programManager')) return [];
  const able = command ? whoseAct(state, command) : state.people.filter(isOfBody).map(({ email }) => email);
  return able
    .filter((email) => email !== by)
    .map((email) => ({ value: email, label: `${nameOf(state, email)} (${email})` }));
}

const timeZones: Choosing = ({ calendar: { timeZone } }) =>
  [...new Set([timeZone, ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }));

/** With the region that was named when the program was started. */
const countriesAndOwn: Choosing = ({ calendar: { country } }) => {
  const all = countries().map(([value, label]) => ({ value, label }));
  return country === undefined || all.some(({ value }) => value === country)
    ? all
    : [{ value: country, label: country }, ...all];
};

/** What a text names, by the last name of its field. Where nothing stands here it is typed. */
const named: Record<string, Choosing> = {
  assignee: people,
  owner: people,
  deputy: people,
  handTo: successors,
  leave: people,
  team: people,
  requirementId: requirements,
  controlId: controls,
  systemId: systems,
  dependsOn: tasks,
  auditId: audits,
  findingId: findings,
  reviewId: reviews,
  together: findings,
  result: results,
  timeZone: timeZones,
  country: countriesAndOwn,
  covered,
};

/** Who fills in a form, and which command it is, where only one is on the page. */
export interface FilledIn {
  by: Email;
  command?: CommandType;
}

/** What can be chosen in the forms of a program: nothing at all where a field is not asked for there. */
export function choicesIn(state: ProgramState, filledIn: FilledIn): ChoicesOf {
  return (path, known) => {
    if (path === 'onBehalfOf') return acting(state, filledIn);
    if (path === 'document') return hasRole(state, filledIn.by, 'programManager') ? undefined : [];
    const name =
      path
        .replace(/\[\d+\]/g, '')
        .split('.')
        .at(-1) ?? '';
    const choosing = Object.hasOwn(named, name) ? named[name] : path === 'to' ? people : undefined;
    return choosing?.(state, known);
  };
}
