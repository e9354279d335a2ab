import type { SampleMoment } from '../../domain/registry/command.ts';
import { adopted } from '../domain/adopted.ts';
import {
  afterStage2,
  answered,
  assessed,
  auditedInternally,
  certified,
  held,
  implemented,
  rate,
  scheduled,
} from '../domain/journey.ts';
import { Driver, definitionInput, local, program, who } from '../domain/support.ts';

/** The sample program at each moment at which an example of a command can be sent. */
export const moments: Record<SampleMoment, () => Driver> = {
  planned() {
    const input = definitionInput({ plan: { startsOn: '2030-01-07' } });
    return new Driver(input, local('2030-01-02', '09:00', 'Etc/UTC'));
  },
  gapAssessment: () => program().until('2030-01-08'),
  gapAssessmentRated: () => rate(program().until('2030-01-08')),
  implementation,
  incidentReported() {
    const driver = implementation().as(who.owner);
    const description = 'The assistant showed a customer the order of another.';
    driver.does({ type: 'reportIncident', occurredOn: '2030-01-07', severity: 'high', description });
    driver.does({ type: 'reportComplaint', receivedOn: '2030-01-08', from: 'Dana Reyes, customer', description });
    return driver;
  },
  evidenceSubmitted() {
    const driver = implementation();
    const task = driver.state.tasks['T-2'];
    if (!task) throw new Error('The implementation asks for nothing.');
    const evidence = { links: ['https://docs.example.com/scope'], note: 'Approved.' };
    driver.as(task.assignee).does({ type: 'submitEvidence', taskId: task.id, ...evidence });
    return driver;
  },
  delegated() {
    const driver = implementation();
    const days = { startsOn: '2030-01-08', endsOn: '2030-01-18' } as const;
    driver.as(who.owner).does({ type: 'delegate', deputy: who.second, ...days });
    return driver;
  },
  paused() {
    const driver = implementation();
    driver.as(who.manager).does({ type: 'pause', reason: 'The product is on hold.' });
    return driver;
  },
  internalAuditPlanned: () => implemented(program().until('2030-01-08')),
  internalAuditUnderWay() {
    const driver = implemented(program().until('2030-01-08'));
    scheduled(driver, 'internal', '2030-03-01');
    return driver.until('2030-03-01');
  },
  stage1Planned: () => auditedInternally(program(), '2030-01-15'),
  stage2UnderWay() {
    const driver = auditedInternally(program(), '2030-01-15');
    held(driver, 'stage1', '2030-02-11');
    scheduled(driver, 'stage2', '2030-03-01');
    return driver.until('2030-03-01');
  },
  findingRaised: () => afterStage2('minor'),
  enteredOnBehalf() {
    const driver = moments.stage2UnderWay();
    driver.as(who.manager).does({
      type: 'raiseFinding',
      auditId: 'A-3',
      requirementId: '7.2',
      grade: 'minor',
      statement: 'For two of five developers there is no record that they were trained.',
      onBehalfOf: who.lead,
      document: { title: 'Audit report of March 1', links: ['https://docs.example.com/report'] },
    });
    return driver;
  },
  planSubmitted() {
    const driver = afterStage2('minor');
    const plan = {
      correction: 'Corrected.',
      rootCause: 'No owner.',
      similarCases: 'None.',
      action: 'An owner is named.',
    };
    driver.as(who.owner).does({ type: 'planCorrectiveAction', findingId: 'F-1', ...plan, dueOn: '2030-04-15' });
    return driver;
  },
  planAccepted: () => answered(afterStage2('minor'), 'F-1', '2030-04-15'),
  actionDone() {
    const driver = answered(afterStage2('minor'), 'F-1', '2030-04-15');
    const evidence = { links: ['https://docs.example.com/done'], note: '' };
    driver.as(who.owner).does({ type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence });
    return driver;
  },
  decisionDue: () => afterStage2(),
  certified: () => certified('2030-06-03').until('2030-07-01'),
  suspended() {
    const driver = certified('2030-06-03').until('2030-07-01');
    driver
      .as(who.decider)
      .does({ type: 'suspendCertificate', reason: 'The surveillance was refused.', ground: 'auditRefused' });
    return driver;
  },
  suspensionRecommended() {
    const driver = certified('2030-06-03').until('2031-05-02');
    held(driver, 'surveillance', '2031-05-03', { result: 'suspend' });
    return driver;
  },
  lapsedAfterRecertification() {
    const driver = certified('2030-06-03').until('2033-05-20');
    held(driver, 'recertification', '2033-05-30');
    return driver.until('2033-07-01');
  },
  adopted: () => adopted({ phase: 'certificationAudit' }),
};

/** In the implementation, three months in: what conforms and is documented is asked for. */
function implementation(): Driver {
  return assessed(program().until('2030-01-08'));
}
