import type { AuditKind } from '../../domain/audits/audit.ts';
import { type Email, type IsoDate, never, type Role } from '../../domain/basics.ts';
import type { Ahead, Next } from '../../domain/outlook/ahead.ts';
import type { Wait, WaitKind } from '../../domain/outlook/waits.ts';
import { auditLabels, roleLabels } from '../labels.ts';
import { capitalized, list } from '../phrases.ts';
import { distance, shortDay } from '../when.ts';

/** For whom something is put into words. */
export interface Told {
  today: IsoDate;
  /** Who reads it, to whom "you" is said. */
  reader?: Email | undefined;
  nameOf(email: Email): string;
}

/** What comes next and whose turn it is, in one to three sentences. */
export function aheadWords({ next, waits }: Ahead, told: Told): string[] {
  const lacking = waits.filter(({ what }) => what === 'person');
  const turns = turnsWords(
    waits.filter(({ what }) => what !== 'person'),
    told,
    subjectOf(next),
  );
  return [nextWords(next, waits, told), ...lackingWords(lacking), ...turns];
}

/** What it is that waits for somebody, where there is one thing. */
function subjectOf(next: Next): string {
  if (next.kind === 'reinstatement' || next.kind === 'lapseSuspended') return 'Resolving it waits';
  return next.kind === 'audit' && !next.agreed ? 'Agreeing on them waits' : 'It waits';
}

/** A number of things as a sentence has it: in words up to ten. */
export function many(count: number, noun: string, plural = `${noun}s`): string {
  const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
  return `${words[count] ?? count} ${count === 1 ? noun : plural}`;
}

const phaseNames = {
  implementation: 'The implementation',
  internalAudit: 'The internal audit',
  certificationAudit: 'Stage 1 of the certification audit',
} as const;

function nextWords(next: Next, waits: Wait[], told: Told): string {
  const day = (on: IsoDate) => `${shortDay(on, told.today)}, ${distance(on, told.today)}`;
  switch (next.kind) {
    case 'ended':
      return 'The program has ended. Nothing is left to do, and everything that was recorded can be read.';
    case 'resume':
      return 'The program is paused. Its own dates wait until it is resumed; deadlines of the certification body do not.';
    case 'begin':
      return `The program begins on ${day(next.on)}.`;
    case 'adoption':
      return 'The program was taken over. It asks next for what is missing.';
    case 'phase': {
      const name = phaseNames[next.phase];
      const when = conditions(waits);
      return when ? `${name} can begin when ${when}.` : `${name} comes next.`;
    }
    case 'stage1Again':
      return waits.length > 0 ? `Stage 1 can be repeated when ${conditions(waits)}.` : 'Stage 1 comes next.';
    case 'audit':
      return auditWords(next, told);
    case 'decision':
      return waits.some(({ what }) => what !== 'decision')
        ? `A certificate can be granted when ${conditions(waits)}.`
        : 'The decision on certification is next.';
    case 'reinstatement':
      return `The certificate is suspended. It is withdrawn after ${day(next.untilOn)}, unless it is reinstated.`;
    case 'lapseSuspended':
      return `The certificate is suspended. It lapses after ${day(next.untilOn)}, also if it is reinstated, unless it is recertified by then.`;
    case 'closing':
      return `The certificate is withdrawn. If its suspension was resolved in time, record that; the program closes after ${day(next.untilOn)}.`;
    case 'restoration':
      return `The certificate lapsed. It can be restored until ${day(next.untilOn)}.`;
    case 'cycle':
      return 'No further audit is planned in this cycle.';
    default:
      return never(next);
  }
}

function auditWords(next: Extract<Next, { kind: 'audit' }>, { today }: Told): string {
  const name = capitalized(theAudit(next.audit));
  const { startsOn, endsOn, agreed } = next;
  const day = (on: IsoDate) => `${shortDay(on, today)}, ${distance(on, today)}`;
  if (!agreed) return `${name} is planned for about ${day(startsOn)}, and has no agreed dates yet.`;
  if (startsOn > today) return `${name} begins on ${day(startsOn)}.`;
  if (endsOn >= today) return `${name} is under way, ${endsOn === today ? 'and ends today' : `until ${day(endsOn)}`}.`;
  return `${name} ended on ${day(endsOn)}. Its outcome is not recorded yet.`;
}

/** An audit with its article: `Stage 2`, `the surveillance audit`. */
export function theAudit(kind: AuditKind): string {
  if (kind === 'stage1') return 'Stage 1';
  return kind === 'stage2' ? 'Stage 2' : `the ${auditLabels[kind]}`;
}

/** What has to be so for each kind of wait: how many of what, and the verb after it. */
const conditionOf: Record<WaitKind, { one: string; several?: string; is: string }> = {
  rating: { one: 'requirement', is: 'rated' },
  evidence: { one: 'piece of evidence', several: 'pieces of evidence', is: 'accepted' },
  impactAssessment: { one: 'impact assessment', is: 'accepted' },
  plan: { one: 'corrective action plan', is: 'accepted' },
  verification: { one: 'corrective action', is: 'verified' },
  action: { one: 'corrective action', is: 'carried out and verified' },
  managementReview: { one: 'management review', is: 'held' },
  internalAudit: { one: 'internal audit', is: 'held' },
  concern: { one: 'area of concern', several: 'areas of concern', is: 'answered' },
  dates: { one: 'audit', is: 'scheduled' },
  outcome: { one: 'outcome', is: 'recorded' },
  decision: { one: 'decision', is: 'recorded' },
  suspension: { one: 'suspension', is: 'resolved' },
  person: { one: 'person', several: 'people', is: 'named' },
};

/** `23 pieces of evidence are accepted and the management review is held`. */
function conditions(waits: Wait[]): string {
  const kinds = [...new Set(waits.map(({ what }) => what))];
  return list(
    kinds.map((what) => {
      const of = waits.filter((wait) => wait.what === what);
      if (what === 'rating' && of.every(({ taskId }) => taskId)) return 'the gap assessment is completed';
      if (what === 'person')
        return `${list(of.map(({ role }) => aPerson(role)))} ${of.length === 1 ? 'is' : 'are'} named`;
      const { one, several, is } = conditionOf[what];
      const isTheOne = what === 'managementReview' || what === 'internalAudit' || what === 'decision';
      const left = of[0]?.requirements ?? [];
      const theOne = left.length > 0 ? `an ${one} of ${firstOf(left)}` : `the ${one}`;
      const subject = isTheOne && of.length === 1 ? theOne : many(of.length, one, several);
      return `${subject} ${of.length === 1 ? 'is' : 'are'} ${is}`;
    }),
  );
}

/** The first of many requirements, and how many more there are. */
function firstOf(requirements: string[]): string {
  const more = requirements.length - 10;
  return list(more > 0 ? [...requirements.slice(0, 10), `${more} more`] : requirements);
}

/** What nobody can do before somebody is named who may. */
function lackingWords(lacking: Wait[]): string[] {
  if (lacking.length === 0) return [];
  return [
    `Nobody among the people is ${list(
      lacking.map(({ role }) => aPerson(role)),
      'or',
    )}: name somebody first.`,
  ];
}

/** `a lead auditor`: somebody who is to be named. */
export function aPerson(role: Role = 'owner'): string {
  const name = roleLabels[role];
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** Whose turn it is: `Both wait for their owner, since Tue, Mar 3.` */
function turnsWords(waits: Wait[], told: Told, one: string): string[] {
  const groups = [waits.filter(({ review }) => !review), waits.filter(({ review }) => review)];
  const split = groups.every((group) => group.length > 0);
  return groups.flatMap((group) => (group.length > 0 ? [turnWords(group, { split, one }, told)] : []));
}

function turnWords(group: Wait[], { split, one }: { split: boolean; one: string }, told: Told): string {
  const [first] = group;
  const subject =
    group.length === 1 ? (split ? 'One waits' : one) : `${capitalized(quantity(group.length, split))} wait`;
  const whose = first?.review ? `for a review${by(group, told)}` : `for ${owners(group, told)}`;
  return `${subject} ${whose}${sinceWords(group, told)}.`;
}

function quantity(count: number, split: boolean): string {
  if (split) return many(count, '', '').trim();
  return count === 2 ? 'both' : 'all';
}

function by(group: Wait[], told: Told): string {
  const who = [...new Set(group.flatMap((wait) => wait.who))];
  if (who.length === 0) return ' that nobody can give: name somebody who may review';
  return ` by ${list(
    who.slice(0, 3).map((email) => named(email, told)),
    'or',
  )}`;
}

/** Up to three people by name, each with how many are theirs where they have not the same; more as a number. */
function owners(group: Wait[], told: Told): string {
  const counts = new Map<Email, number>();
  for (const { who } of group) for (const email of who.slice(0, 1)) counts.set(email, (counts.get(email) ?? 0) + 1);
  const people = [...counts].sort(([, one], [, other]) => other - one);
  if (people.length === 0) return 'somebody to be named';
  if (people.length === 1) return people.map(([email]) => named(email, told)).join('');
  const named3 = people.slice(0, 3).map(([email, count]) => `${named(email, told)} (${count})`);
  const rest = people.length - named3.length;
  return rest > 0 ? list([...named3, many(rest, 'other')]) : list(named3);
}

function named(email: Email, { reader, nameOf }: Told): string {
  return email === reader ? 'you' : nameOf(email);
}

function sinceWords(group: Wait[], { today }: Told): string {
  const since = group.flatMap((wait) => wait.since ?? []).sort();
  const [first] = since;
  if (!first) return '';
  const isOne = since.at(-1) === first;
  return `, ${isOne ? '' : 'the longest '}since ${shortDay(first, today)}`;
}
