import type { IsoDate } from '../../domain/basics.ts';
import { kept, recertified } from './journey.ts';
import { type Driver, plus, who } from './support.ts';

const paragraph =
  'Practiced by the teams that train and run the assistant, reviewed with the owners each quarter, and described in the handbook that everybody reads as they begin. ';

/** Brings a program through a cycle in which much happens every second month, to its next certificate. */
export function busyCycle(driver: Driver): void {
  const on = driver.audit('recertification').targetOn;
  let month = 0;
  for (let next = plus(driver.now.slice(0, 10) as IsoDate, 60); next < on; next = plus(next, 60))
    busyMonth(kept(driver, next), month++, next);
  recertified(kept(driver, plus(on, -1)), on, plus(on, 30));
}

/** Tasks are asked for, most of them end; a system comes and another goes; something happens, and somebody complains. */
function busyMonth(driver: Driver, month: number, on: IsoDate): void {
  driver.as(who.manager);
  for (let number = 0; number < 20; number++) {
    const title = `Describe how part ${number} of the assistant is trained and run, with what was learned in month ${month}`;
    driver.does({ type: 'openTask', title, assignee: who.owner, dueOn: plus(on, 50) });
  }
  const system = { name: `Assistant for team ${month}`, role: 'provider', risk: 'medium' } as const;
  driver.does({ type: 'putAiSystem', id: `s${on}`, ...system });
  driver.does({ type: 'retireAiSystem', systemId: `s${on}`, reason: paragraph });
  driver.does({ type: 'reportIncident', occurredOn: on, severity: 'low', description: paragraph });
  driver.does({ type: 'reportComplaint', receivedOn: on, from: 'A customer', description: paragraph });
  for (const controlId of Object.keys(driver.state.applicability).slice(0, 10)) {
    const justification = `${paragraph.repeat(3)}Reviewed in month ${month}.`;
    driver.does({
      type: 'setApplicability',
      controlId,
      applicable: true,
      justification,
      implementation: 'implemented',
    });
  }
  const ended = (['manual', 'incident', 'complaint', 'applicabilityReview'] as const).flatMap((kind) =>
    driver.open(kind),
  );
  for (const { id: taskId } of ended.slice(0, -5))
    driver.as(who.manager).does({ type: 'waiveTask', taskId, reason: paragraph });
}
