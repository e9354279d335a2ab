import type { Adoption } from '../../../domain/adoption/adoption.ts';
import { isHeld } from '../../../domain/audits/audit.ts';
import type { CadenceName, IsoDate, IsoDuration, PlannedPhase } from '../../../domain/basics.ts';
import { dateAt } from '../../../domain/calendar.ts';
import type { BodyProfile } from '../../../domain/certificate/bodyProfile.ts';
import type { DefinitionInput } from '../../../domain/program/definition.ts';
import {
  toCertificate,
  toCertificationAudit,
  toGapAssessment,
  toImplementation,
  toInternalAudit,
  toStage2,
} from '../../workflows/support/paths.ts';
import { firstDay } from '../../workflows/support/people.ts';
import type { Given } from './scenario.ts';

/** Everything comes around as seldom as it may, so that a play tells of its subject alone. */
const seldom: Record<CadenceName, number> = {
  managementReview: 36,
  internalAudit: 36,
  riskAssessment: 36,
  impactAssessment: 36,
  policyReview: 36,
  objectivesReview: 36,
  improvementReview: 36,
};

/** A ladder that nobody climbs. */
const quiet: DefinitionInput['escalation'] = {
  reminderDays: [],
  escalations: [{ workingDays: 1500, to: 'topManagement' }],
};

/** When programs that are taken over began. */
const longAgo = '2020-01-06';

/** One of two zones, in which midnight is hours away: what is worked out from today has to be so when a play begins. */
const hourOfNow = new Date().getUTCHours();
const zoneOfToday = hourOfNow >= 2 && hourOfNow < 12 ? 'Europe/London' : 'America/New_York';

/** Nothing is taken over that lies ahead, so programs that are taken over begin on the day on which they are played. */
export const today = dateAt(new Date().toISOString(), zoneOfToday);

interface Wishes {
  /** The day on which the program begins; 7 January 2030 when absent. */
  startsOn?: IsoDate;
  rules?: Partial<BodyProfile>;
  cadences?: Partial<Record<CadenceName, number>>;
  /** How long phases are planned to take, where that is not what it is by default. */
  phases?: Partial<Record<PlannedPhase, IsoDuration>>;
  /** Whose time it keeps, and which days are off; New York without public holidays when absent. */
  calendar?: DefinitionInput['calendar'];
  /** Whether people are reminded, and those above them told: not, where a play is not about that. */
  ladder?: boolean;
}

/** The gap assessment of a program began. */
export function begun(wishes: Wishes = {}): Given {
  const { startsOn = firstDay } = wishes;
  return {
    says: `a program whose gap assessment began on ${startsOn}${ruled(wishes)}${placed(wishes)}`,
    start: programWith(wishes),
    reach: ({ program }) => toGapAssessment(program),
    isSo: ({ phase, phaseStartedOn }) => phase === 'gapAssessment' && phaseStartedOn === startsOn,
  };
}

/** The gap assessment is over. */
export function implementing(wishes: Wishes = {}): Given {
  const { startsOn = firstDay } = wishes;
  return {
    says: `an implementation that began on ${startsOn}${ruled(wishes)}`,
    start: programWith(wishes),
    reach: ({ program }) => toImplementation(program),
    isSo: ({ phase, phaseStartedOn }) => phase === 'implementation' && phaseStartedOn === startsOn,
  };
}

/** All evidence was accepted. */
export function internalAuditAhead(wishes: Wishes = {}): Given {
  const { startsOn = firstDay } = wishes;
  return {
    says: `an internal audit that is ahead since ${startsOn}${ruled(wishes)}`,
    start: programWith(wishes),
    reach: ({ program }) => toInternalAudit(program),
    isSo: ({ phase, phaseStartedOn }) => phase === 'internalAudit' && phaseStartedOn === startsOn,
  };
}

/** The internal audit and the management review are over. */
export function stage1Ahead(auditedOn: IsoDate, wishes: Wishes = {}): Given {
  return {
    says: `an internal audit and a management review of ${auditedOn}, with Stage 1 ahead${ruled(wishes)}`,
    start: programWith(wishes),
    reach: ({ program }) => toCertificationAudit(program),
    isSo: ({ phase, audits, reviews }) =>
      phase === 'certificationAudit' &&
      reviews.at(-1)?.heldOn === auditedOn &&
      Object.values(audits)
        .filter(isHeld)
        .some(({ kind, endsOn }) => kind === 'internal' && endsOn === auditedOn),
  };
}

/** Stage 1 ended ready. */
export function stage1Ready(stage1On: IsoDate, wishes: Wishes = {}): Given {
  return {
    says: `a Stage 1 that ended ready on ${stage1On}${ruled(wishes)}`,
    start: programWith(wishes),
    reach: ({ program }) => toStage2(program),
    isSo: ({ audits }) =>
      Object.values(audits)
        .filter(isHeld)
        .some(({ kind, result, endsOn }) => kind === 'stage1' && result === 'ready' && endsOn === stage1On),
  };
}

/** A first certificate was granted. */
export function certified(decidedOn: IsoDate, lastDay: IsoDate, wishes: Wishes = {}): Given {
  return {
    says: `a first certificate decided on ${decidedOn}, valid through ${lastDay}${ruled(wishes)}`,
    start: programWith(wishes),
    reach: ({ program }) => toCertificate(program),
    isSo: ({ certificate, phase }) =>
      phase === 'surveillanceCycle' &&
      certificate?.status === 'valid' &&
      certificate.decidedOn === decidedOn &&
      certificate.lastDay === lastDay,
  };
}

/** The certificate of most plays: nothing but its cycle is ahead. */
export const certificate = (wishes: Wishes = {}): Given => certified('2030-01-10', '2033-01-09', wishes);

/** A program that was under way is taken over, today. */
export function takenOver(what: string, adopt: Adoption): Given {
  return {
    says: `${what}, taken over today`,
    start: { ...programWith({ startsOn: longAgo, calendar: { timeZone: zoneOfToday } }), adopt },
    reach: async ({ program }) => {
      await program.settle();
    },
    isSo: ({ phase }) => phase === adopt.phase,
  };
}

function programWith({
  startsOn = firstDay,
  rules = {},
  cadences = {},
  phases,
  calendar,
  ladder,
}: Wishes): Partial<DefinitionInput> {
  return {
    plan: { startsOn, cadences: { ...seldom, ...cadences }, ...(phases ? { phases } : {}) },
    certificationBody: { name: 'Example Body', rules },
    ...(calendar && { calendar }),
    ...(ladder ? {} : { escalation: quiet }),
  };
}

function placed({ calendar }: Wishes): string {
  return calendar ? `, in ${calendar.country ?? 'no country'} with the time of ${calendar.timeZone}` : '';
}

function ruled({ rules = {} }: Wishes): string {
  const said = Object.entries(rules).map(([name, value]) => `${name} ${value}`);
  return said.length > 0 ? ` (profile of the body: ${said.join(', ')})` : '';
}
