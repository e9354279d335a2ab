import { requirementState } from '../../../domain/assessment/requirements.ts';
import { own } from '../../../domain/basics.ts';
import type { Known } from '../../../domain/offers/asked.ts';
import { person } from '../../../domain/people/people.ts';
import { type CommandMap, type CommandType, commands } from '../../../domain/registry.ts';
import { Form } from '../../forms/form.ts';
import type { ProgramView } from '../reading.ts';

/** What some forms begin with: what is so now, to be changed. */
type Beginnings = { [T in CommandType]?: (view: ProgramView, given: Known) => object | undefined };

const beginnings: Beginnings = {
  changeCalendar: ({ state: { calendar } }) => ({ timeZone: calendar.timeZone, country: calendar.country }),
  changeScope: ({ state }) => state.scope,
  reduceScope: ({ state }) => state.certificate?.scope,
  setPeople: ({ state }) => ({ people: state.people }) satisfies Partial<CommandMap['setPeople']>,
  changePerson: ({ state }, { email = '' }) => person(state, email),
  putAiSystem: ({ state }, { id = '' }) => own(state.aiSystems, id),
  rateRequirement: ({ state }, { requirementId = '' }) => requirementState(state, requirementId)?.rating,
  setApplicability: ({ state }, { controlId = '' }) => own(state.applicability, controlId),
  scheduleAudit({ state }, { auditId = '' }) {
    const audit = own(state.audits, auditId);
    if (audit?.status !== 'scheduled') return audit && { startsOn: audit.targetOn };
    const { startsOn, endsOn, team, criteria } = audit;
    return { startsOn, endsOn, team, criteria };
  },
  correctCertificate: ({ state: { certificate } }) =>
    certificate && {
      number: certificate.number,
      decidedOn: certificate.decidedOn,
      validFrom: certificate.validFrom,
      ...('suspendedOn' in certificate ? { suspendedOn: certificate.suspendedOn } : {}),
    },
  correctFinding({ state }, { findingId = '' }) {
    const finding = own(state.findings, findingId);
    return finding && { grade: finding.grade, requirementId: finding.requirementId, statement: finding.statement };
  },
  planCorrectiveAction({ state }, { findingId = '' }) {
    const finding = own(state.findings, findingId);
    return finding && 'plan' in finding ? finding.plan : undefined;
  },
  holdManagementReview: ({ today }) => ({ heldOn: today }),
};

/** What the form of a command begins with: what is so now, over it what the address says. */
export function beginningOf(view: ProgramView, type: CommandType, given: Known): Form {
  const now = beginnings[type]?.(view, given) ?? {};
  return new Form([...namedTexts({ ...now, ...given })]);
}

/** Of a form that changes what is there, how that is now; a day that is proposed is not there. */
export function soNow(view: ProgramView, type: CommandType, given: Known): Form | undefined {
  if (type === 'holdManagementReview') return undefined;
  const now = beginnings[type]?.(view, given);
  if (!now) return undefined;
  const taken = Object.keys(commands[type].payload.properties);
  return new Form(namedTexts(Object.fromEntries(Object.entries(now).filter(([name]) => taken.includes(name)))));
}

/** A payload as the fields of a form, by the names that forms have: `people[0].email`. */
export function namedTexts(value: unknown, name = ''): [string, string[]][] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== 'object')) return [[name, value.map(String)]];
    return value.flatMap((one, place) => namedTexts(one, `${name}[${place}]`));
  }
  if (typeof value !== 'object') return [[name, [String(value)]]];
  return Object.entries(value).flatMap(([key, each]) => namedTexts(each, name === '' ? key : `${name}.${key}`));
}
