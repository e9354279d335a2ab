import type { Words } from '../types.ts';

/** Clause 9, performance evaluation. */
export const evaluation: Readonly<Record<string, Words>> = {
  '9.1': {
    ask: 'Show which figures tell you how your AI and its management system perform, how and when each is taken and evaluated, and the results so far with the conclusions you drew.',
    why: 'An auditor compares the metrics you planned with the ones on the dashboard, and asks what a bad value set in motion.',
    usualEvidence: [
      'Metric list with method, frequency, threshold and responsible person',
      'Results over time, such as incidents detected, bias tests, impact assessments completed and progress to objectives',
      'Evaluation report with conclusions and follow-up',
    ],
    usualOwner: 'Head of AI governance',
  },
  '9.2.1': {
    ask: 'Show that internal audits took place when planned, and that they answered two questions: does the AI management system meet your own requirements and those of ISO/IEC 42001, and is it put into practice and kept up.',
    why: 'A certification body does not go on to Stage 2 until it has seen that you find your own weaknesses.',
    usualEvidence: [
      'Internal audit reports that cover clauses 4 to 10 and the applicable controls',
      'Audit notes with sampled records and interviewees',
      'Findings handed over to corrective action',
    ],
    usualOwner: 'Lead internal auditor',
  },
  '9.2.2': {
    ask: 'Provide the audit program: how often, by what methods, who is responsible, and how results are reported, with weight on important processes and on earlier findings. For each audit, add its objectives, criteria, scope and auditors, and why these are impartial.',
    why: 'An auditor checks that nobody audited their own work and that the managers responsible saw the results.',
    usualEvidence: [
      'Audit program for the year or the certification cycle',
      'Plan of a single audit with objectives, criteria, scope and team',
      'Proof of competence and independence of the auditors',
      'Report with its distribution list',
    ],
    usualOwner: 'Head of internal audit',
  },
  '9.3.1': {
    ask: 'Show that top management reviews the AI management system at intervals it has fixed, and judges whether the system still fits, is sufficient and works.',
    why: 'One review has to precede Stage 1, and an auditor looks at who was in the room as much as at the date.',
    usualEvidence: [
      'Calendar of reviews, usually quarterly and at least yearly',
      'Attendance of the executives concerned',
      'Recorded judgment on fitness, sufficiency and effect',
    ],
    usualOwner: 'Chief executive',
  },
  '9.3.2': {
    ask: 'Provide the papers that the review was based on: earlier actions and their status, changed issues and expectations, trends in nonconformities, monitoring and audits, and ideas for improvement.',
    why: 'A review without audit results or open nonconformities on the table cannot reach an informed decision, and an auditor ticks the inputs off one by one.',
    usualEvidence: [
      'Review pack or slides sent out beforehand',
      'Agenda with an item for each input',
      'Trend figures on nonconformities, monitoring and audits',
    ],
    usualOwner: 'AI management system manager',
  },
  '9.3.3': {
    ask: 'Provide the minutes of the management review with its decisions on improvement and on changes to the system, each with a person and a date.',
    why: 'An auditor takes the decisions of the last review and asks to see what became of every one.',
    usualEvidence: [
      'Approved minutes with decisions and reasons',
      'Action list with persons, dates and present status',
      'Resources granted as a consequence',
    ],
    usualOwner: 'Chief executive',
  },
};
