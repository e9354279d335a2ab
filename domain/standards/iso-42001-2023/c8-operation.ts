import type { Words } from '../types.ts';

/** Clause 8, operation. */
export const operation: Readonly<Record<string, Words>> = {
  '8.1': {
    ask: 'Show that the processes around your AI systems run by set criteria, that the controls chosen in risk treatment are in place and watched for effect, and that changes and bought-in services are kept in hand. Keep enough records that someone else can be confident of it.',
    why: 'Here the auditor leaves the documents and follows a real AI system through your processes, looking for steps that were skipped.',
    usualEvidence: [
      'Operating procedures with their acceptance criteria',
      'Completed checklists or tickets for one AI system from start to release',
      'Reviews of how well individual controls work',
      'Change records that cover unintended effects and supplied services',
    ],
    usualOwner: 'Head of AI engineering',
  },
  '8.2': {
    ask: 'Provide the results of your AI risk assessments, made at the intervals you set and again whenever something significant was about to change or had changed.',
    why: 'An auditor matches dates of releases, incidents and new suppliers with dates of assessments, and asks about each that led to none.',
    usualEvidence: [
      'AI risk register with assessment dates and assessors',
      'Schedule of assessments, planned against done',
      'Assessment triggered by a change, with the trigger named',
    ],
    usualOwner: 'AI system owner',
  },
  '8.3': {
    ask: 'Provide the results of carrying out the AI risk treatment plan: what was done, whether the risk came down as expected, and how you dealt with new risks and with treatments that did not work.',
    why: 'A plan proves an intention only, and an auditor wants the verified effect and an updated plan where the effect was missing.',
    usualEvidence: [
      'Status of the treatment plan with proof for each finished action',
      'Re-rated risks after treatment',
      'Revised entries for treatments found ineffective',
    ],
    usualOwner: 'AI system owner',
  },
  '8.4': {
    ask: 'Provide the completed impact assessment of each AI system in scope, carried out at the intervals you planned and repeated when a significant change was proposed.',
    why: 'An auditor chooses AI systems from the inventory and expects a current assessment for every one, with the affected people named and the conclusions acted on.',
    usualEvidence: [
      'Dated and approved impact assessment for each AI system',
      'Overview of AI systems with last and next assessment',
      'Reassessment after a change of purpose, model or user group',
    ],
    usualOwner: 'AI system owner',
  },
};
