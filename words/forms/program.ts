import { cadenceLabels, phaseLabels } from '../labels.ts';
import { capitalized } from '../phrases.ts';
import { choice, field, group, type WordsOfForms } from './form.ts';
import { weekdayOptions } from './options.ts';
import { files, reason, scope } from './shared.ts';

const length = 'Such as 2 months, 6 weeks, 30 days.';

/** The forms of a program's plan, scope and life. */
export const programForms = {
  changePlan: {
    title: 'Change the plan',
    verb: 'Change the plan',
    fields: {
      startsOn: field('Starts on', 'It can change until the program has begun.'),
      phases: group(
        'How long each phase takes',
        {
          gapAssessment: phase('gapAssessment'),
          implementation: phase('implementation'),
          internalAudit: phase('internalAudit'),
          certificationAudit: phase('certificationAudit'),
        },
        'Leave empty what stays as it is.',
      ),
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
        'Months from one time to the next, 1 to 36. Leave empty what stays as it is.',
      ),
      reason,
    },
  },
  changeCalendar: {
    title: 'Change the calendar',
    verb: 'Change the calendar',
    fields: {
      timeZone: field('Time zone', 'Due moments are at 17:00 there, digests at 08:00.'),
      country: field(
        'Country',
        'Its public holidays are looked up at once; those of another that lie ahead count no more.',
      ),
      weekend: choice(
        'Weekend',
        weekdayOptions,
        'Choose none to leave it as it is; with another country it becomes its own.',
      ),
      daysOff: field('Further days off', 'As a holiday that was declared: dates as YYYY-MM-DD, one in each line.'),
      workingDays: field(
        'Days that are worked all the same',
        'On a weekend or a holiday: dates as YYYY-MM-DD, one in each line.',
      ),
      reason,
    },
  },
  changeScope: { title: 'Change the scope', verb: 'Change the scope', fields: { ...scope, reason } },
  pause: {
    title: 'Pause the program',
    verb: 'Pause the program',
    fields: { reason },
  },
  resume: { title: 'Resume the program', verb: 'Resume the program', fields: { reason } },
  cancel: {
    title: 'Cancel the program for good',
    verb: 'Cancel the program',
    fields: { reason: field('Reason', 'A cancelled program cannot be resumed. The reason stays in the records.') },
  },
  correctManagementReview: {
    title: 'Put a management review right',
    verb: 'Put it right',
    fields: {
      reviewId: field('Management review', 'Its number, such as R-1.'),
      heldOn: field('Held on'),
      attendees: field('Who attended', 'One name in each line; leave it empty if that was right.'),
      inputs: field('Inputs', 'Leave it empty if that was right.'),
      decisions: field('Decisions', 'Leave it empty if that was right.'),
      reason,
    },
  },
  holdManagementReview: {
    title: 'Record a management review',
    verb: 'Record the review',
    fields: {
      heldOn: field('Held on'),
      attendees: field('Who attended', 'One name in each line.'),
      inputs: field('Inputs', 'What was looked at: audit results, incidents, feedback, objectives, risks.'),
      decisions: field('Decisions', 'What was decided, and why.'),
      files,
      actions: {
        ...group(
          'Actions',
          {
            title: field('What is to be done'),
            assignee: field('Assignee', 'The e-mail address of one of the people of the program.'),
            dueOn: field('Due on'),
          },
          'Each becomes a task.',
        ),
        entry: 'Action',
      },
    },
  },
} satisfies Partial<WordsOfForms>;

function phase(name: keyof typeof phaseLabels) {
  return field(capitalized(phaseLabels[name]), length);
}

function cadence(name: keyof typeof cadenceLabels) {
  return field(capitalized(cadenceLabels[name]));
}
