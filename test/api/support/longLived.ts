import { answered, certified, evidenced, held, kept, recertified, reviewed, verified } from '../../domain/journey.ts';
import { type Driver, dayOf, plus, who } from '../../domain/support.ts';

/** Who owned requirements and left in the first cycle. */
export const left = who.second;

/**
 * A program in its third cycle, of whose first almost nothing is left in its state: an incident, a complaint, a minor that was
 * verified, an owner who left, an absence that is over, and more management reviews than it carries.
 */
export function longLived(): Driver {
  const driver = certified('2030-06-05').until('2030-06-10');
  const told = { occurredOn: '2030-06-09', severity: 'low', description: 'It told: wincident.' } as const;
  driver.as(who.owner).does({ type: 'reportIncident', ...told });
  const said = { receivedOn: '2030-06-09', from: 'A customer', description: 'It said: wcomplaint.' } as const;
  driver.as(who.owner).does({ type: 'reportComplaint', ...said });
  for (const task of [...driver.open('incident'), ...driver.open('complaint')]) evidenced(driver, task.id);
  const days = { startsOn: '2030-06-11', endsOn: '2030-06-14' } as const;
  driver.as(who.owner).does({ type: 'delegate', deputy: who.manager, ...days, reason: 'For waway.' });
  const minutes = { attendees: ['Tom'], inputs: 'Results.', decisions: 'Decided: wminutes.', actions: [] };
  driver.as(who.manager).does({ type: 'holdManagementReview', heldOn: '2030-06-10', ...minutes });
  const page = { title: 'Write a page', assignee: left, requirementId: '7.4', dueOn: '2030-07-01' } as const;
  driver.as(who.manager).does({ type: 'openTask', ...page });
  const { id: taskId } = driver.task('manual');
  driver.as(left).does({ type: 'submitEvidence', taskId, links: [], note: 'See: wmanual.' });
  driver.as(who.consultant).does({ type: 'reviewEvidence', taskId, verdict: 'accept', note: 'Said: wpraise.' });
  driver.as(who.manager).does({ type: 'removePerson', email: left, handTo: who.owner, reason: 'She moved on.' });
  found(driver);
  recertified(kept(driver, '2033-03-01'), '2033-03-04', '2033-05-01');
  recertified(kept(driver, '2036-03-01'), '2036-03-04', '2036-05-05');
  for (let count = 0; count < 8; count++) reviewed(driver.until(plus(dayOf(driver.now), 1)));
  return driver.until('2036-07-01');
}

/** A minor of the first surveillance, with its plan, its action and the words of who verified it. */
function found(driver: Driver): void {
  const first = driver.audit('surveillance');
  kept(driver, plus(first.targetOn, -20));
  held(driver, 'surveillance', first.targetOn, { findings: [{ requirementId: '7.2', grade: 'minor' }] });
  const findingId = driver.finding().id;
  answered(driver, findingId, plus(dayOf(driver.now), 20));
  verified(driver, findingId);
}
