import type { Static } from 'typebox';
import type { Adoption } from '../../domain/adoption/adoption.ts';
import type { programStart } from '../../domain/program/definition.ts';
import {
  auditLabels,
  cadenceLabels,
  certificateLabels,
  findingStatusLabels,
  gradeLabels,
  phaseLabels,
  requirementStatusLabels,
  resultLabels,
  roleLabels,
} from '../labels.ts';
import { capitalized } from '../phrases.ts';
import { choice, type FieldsOf, field, group, listOf, yesOrNo } from './form.ts';
import { asOptions, priorityOptions, systemRoleOptions, weekdayOptions } from './options.ts';
import { email, name } from './people.ts';
import { profileFields } from './profile.ts';
import { requirementId, scope } from './shared.ts';

type Start = Static<typeof programStart>;

const length = 'Such as 2 months, 6 weeks, 30 days.';
const oneInEachLine = 'One in each line.';

const certificate = group('The certificate', {
  number: field('Number', 'As it stands on the certificate.'),
  status: choice('How it stands', {
    valid: capitalized(certificateLabels.valid),
    suspended: capitalized(certificateLabels.suspended),
    lapsed: 'Lapsed: expired, and can still be restored',
  }),
  decidedOn: field('Decided on', 'The decision on the present cycle.'),
  lastDay: field('Last day', 'Through which it is valid.'),
  cycle: field('Cycle', '1 for the first certificate, 2 once recertified.'),
  initialDecisionOn: field('First decision on', 'Needed from cycle 2 on.'),
  validFrom: field('Valid from', 'If it is not the day of the decision, or the day after the old one ended.'),
  suspendedOn: field('Suspended on', 'If it is suspended.'),
  scopeStatement: field('Scope on the certificate', 'If it says less than the scope above.'),
});

const audit = {
  kind: choice('Audit', asOptions(auditLabels)),
  startsOn: field('First day'),
  endsOn: field('Last day'),
  team: field('Team', `The e-mail addresses of its auditors. ${oneInEachLine}`),
  criteria: field('Requirements', `Of an internal audit that did not look at all: their numbers. ${oneInEachLine}`),
};

/** What is known of a program under way. */
const adoptFields: FieldsOf<Adoption> = {
  phase: choice(
    'Where the program stands',
    asOptions({
      gapAssessment: phaseLabels.gapAssessment,
      implementation: phaseLabels.implementation,
      internalAudit: phaseLabels.internalAudit,
      certificationAudit: phaseLabels.certificationAudit,
      surveillanceCycle: phaseLabels.surveillanceCycle,
    }),
  ),
  certificate,
  audits: listOf(
    'Audits that were held',
    'Audit',
    { ...audit, result: choice('Result', asOptions(resultLabels)) },
    'Of this cycle. What is not known is asked for later.',
  ),
  agreedAudits: listOf(
    'Audits that are agreed',
    'Audit',
    audit,
    'Not held yet, with days and a team. Their auditors stand among the people above.',
  ),
  openFindings: listOf(
    'Findings that are open',
    'Finding',
    {
      raisedIn: choice('Raised in', asOptions(auditLabels), 'The last audit of this kind among those held.'),
      raisedOn: field('Raised on'),
      raisedBy: field('Raised by', 'An e-mail address.'),
      requirementId,
      grade: choice('Grade', {
        major: capitalized(gradeLabels.major),
        minor: capitalized(gradeLabels.minor),
        concern: capitalized(gradeLabels.concern),
      }),
      statement: field('What was found'),
      status: choice('How it stands', {
        open: capitalized(findingStatusLabels.open),
        planned: 'Its plan waits for review',
        planAccepted: 'Its plan was accepted',
        done: 'Done, and not verified yet',
      }),
      plan: group(
        'Corrective action plan',
        {
          correction: field('Correction'),
          rootCause: field('Root cause'),
          action: field('Corrective action'),
          dueOn: field('Due on'),
          effectivenessOn: field('Effectiveness is checked on'),
        },
        'Of a finding that is not open.',
      ),
      planDueOn: field('Plan due on', 'If the body has set it.'),
      verifyDueOn: field('To be verified by', 'If the body has set it.'),
    },
    'Only those that somebody still has to do something about.',
  ),
  internalAuditOn: field('Last internal audit on'),
  managementReviewOn: field('Last management review on'),
  ratings: listOf('How each requirement stands', 'Requirement', {
    requirementId,
    status: choice('Stands', asOptions(requirementStatusLabels)),
    priority: choice('Priority', priorityOptions),
    gap: field('Gap'),
    effortDays: field('Days of work'),
    owner: field('Owner', 'An e-mail address.'),
  }),
  impactAssessments: listOf('Impact assessments of AI systems', 'Impact assessment', {
    systemId: field('AI system', 'Its name, as above.'),
    assessedOn: field('Assessed on'),
  }),
  evidence: listOf(
    'Evidence that was accepted',
    'Evidence',
    {
      requirementId,
      acceptedOn: field('Accepted on'),
      validUntil: field('Valid until', 'It is asked for again before an audit after that day.'),
    },
    'What stands here is not asked for again.',
  ),
};

/** The form by which a program is started; a field without words does not compile. */
export const startFields: FieldsOf<Start> = {
  id: field('Id', 'In addresses. Made from the name when left empty.'),
  name: field('Name of the program', 'Such as "AI management system".'),
  organization: field('Organization', 'As it will stand on the certificate.'),
  standard: field('Standard'),
  scope: group('Scope', scope),
  aiSystems: listOf('AI systems', 'AI system', {
    id: field('Id'),
    name: field('Name'),
    role: choice('Your part', systemRoleOptions),
    risk: choice('Risk', { high: 'High', medium: 'Medium', low: 'Low' }),
  }),
  people: listOf('People', 'Person', { email, name, roles: choice('Part', asOptions(roleLabels)) }),
  plan: group('Plan', {
    startsOn: field('First day'),
    phases: group('How long each phase takes', {
      gapAssessment: phase('gapAssessment'),
      implementation: phase('implementation'),
      internalAudit: phase('internalAudit'),
      certificationAudit: phase('certificationAudit'),
    }),
    cadences: group(
      'How often it comes around',
      {
        managementReview: cadence('managementReview'),
        internalAudit: cadence('internalAudit'),
        riskAssessment: cadence('riskAssessment'),
        impactAssessment: cadence('impactAssessment'),
        policyReview: cadence('policyReview'),
        objectivesReview: cadence('objectivesReview'),
        improvementReview: cadence('improvementReview'),
      },
      'Months from one time to the next, 1 to 36.',
    ),
  }),
  calendar: group('Calendar', {
    timeZone: field('Time zone', 'Digests leave at 08:00 there. The one of the capital when left empty.'),
    country: field('Country', 'Its public holidays and its weekend are no working days.'),
    weekend: choice('Weekend', weekdayOptions, 'The days of each week on which nobody works.'),
    holidays: field('Further days off', `Of the organization alone, as YYYY-MM-DD. ${oneInEachLine}`),
  }),
  certificationBody: group('Certification body', {
    name: field('Certification body', 'Who will audit and decide. Write "to be chosen" if that is open.'),
    rules: group(
      'Its rules',
      profileFields,
      'What its contract says otherwise than usual. Leave empty what is as usual.',
    ),
  }),
  escalation: group('Reminders and escalation', {
    reminderDays: field('Days before the due date on which the assignee is reminded', 'The most first: 14, 7, 1.'),
    escalations: listOf('Working days after the due date', 'Escalation', {
      workingDays: field('Working days'),
      to: choice('Who hears', asOptions(roleLabels)),
    }),
    repeats: group('How often the last of them hears of it again', {
      weekly: field('Times weekly', 'Usually 4.'),
      monthly: field('Times monthly after that', 'Usually 3. Then it is proposed to pause or cancel the program.'),
    }),
  }),
  rehearsal: yesOrNo('Rehearsal', 'Its clock is moved by hand, and its mails are kept and never sent.'),
  adopt: group('What is known', adoptFields),
};

function phase(of: keyof typeof phaseLabels) {
  return field(capitalized(phaseLabels[of]), length);
}

function cadence(of: keyof typeof cadenceLabels) {
  return field(capitalized(cadenceLabels[of]));
}
