import type { Email } from '../../../domain/basics.ts';
import type { Known } from '../../../domain/offers/asked.ts';
import type { Offer, Subject } from '../../../domain/offers/offers.ts';
import type { CommandType } from '../../../domain/registry.ts';
import { fieldsOf, payloadOf } from '../../forms/schema.ts';
import type { ProgramView } from '../reading.ts';

/** The texts of a query that are fields of a command: what a page knows already, or begins its form with. */
export function givenIn(type: CommandType, query: Readonly<Record<string, string | undefined>>): Known {
  const fields = fieldsOf(payloadOf(type)).filter(({ schema }) => schema.type === 'string');
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = query[name];
      return value === undefined ? [] : [[name, value.slice(0, 2_000)]];
    }),
  );
}

/** What the command of a form is offered for, if its reader can send it now. */
export function offerOf(view: ProgramView, command: CommandType, given: Known): Offer | undefined {
  for (const subject of subjectsOf(given)) {
    const found = view.offers(subject).find((offer) => offer.command === command && fits(offer.known, given));
    if (found) return found;
  }
  return undefined;
}

/** Whether something is named that the reader does not see; for them it is not there. */
export function namesUnseen({ sight, ties }: ProgramView, { taskId, auditId, findingId }: Known): boolean {
  return (
    (taskId !== undefined && !(ties.tasks.has(taskId) && sight.task(taskId))) ||
    (auditId !== undefined && !(ties.audits.has(auditId) && sight.audit(auditId))) ||
    (findingId !== undefined && !(ties.findings.has(findingId) && sight.finding(findingId)))
  );
}

/** What a form can be about, the narrowest first. */
function subjectsOf(given: Known): Subject[] {
  const { taskId, auditId, findingId, requirementId, controlId, systemId, id, email, sha256 } = given;
  const requirement = requirementId ?? controlId;
  const system = systemId ?? id;
  return [
    ...(taskId ? [{ taskId }] : []),
    ...(auditId ? [{ auditId }] : []),
    ...(findingId ? [{ findingId }] : []),
    ...(requirement ? [{ requirementId: requirement }] : []),
    ...(system ? [{ systemId: system }] : []),
    // One that is nobody's is found with nobody.
    ...(email ? [{ email: email as Email }] : []),
    ...(sha256 ? [{ sha256 }] : []),
    'program' as const,
    'certificate' as const,
  ];
}

function fits(known: Known, given: Known): boolean {
  return Object.entries(known).every(([name, value]) => given[name] === value);
}
