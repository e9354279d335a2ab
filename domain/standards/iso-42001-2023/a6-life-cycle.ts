import type { Words } from '../types.ts';

/** A.6, AI system life cycle. */
export const lifeCycle: Readonly<Record<string, Words>> = {
  'A.6.1.2': {
    ask: 'Provide the written aims that your developers work toward, such as fairness, robustness, privacy, transparency or safety, and show where in the development life cycle measures serve each aim.',
    why: 'Values on a poster do not shape a model, so an auditor follows one aim to a requirement, a design choice and a test.',
    usualEvidence: [
      'List of responsible development objectives, approved',
      'Mapping of objectives to development steps, tools and tests',
      'Project record in which an objective led to a design decision',
    ],
    usualOwner: 'Head of AI engineering',
  },
  'A.6.1.3': {
    ask: 'Provide the process by which AI systems are designed and built: stages, testing and human oversight, where impact assessments come in, rules for training data, required expertise, release approval and change control.',
    why: 'An auditor takes a system finished last month and asks for the trace that each stage of the process left behind.',
    usualEvidence: [
      'Description of the development life cycle with stage gates',
      'Gate records of a recent project',
      'Training of developers in the process',
    ],
    usualOwner: 'Head of AI engineering',
  },
  'A.6.2.2': {
    ask: 'Provide the requirements of each new AI system, and of each major enhancement: why it is built, what it must do and how well, on which data, and what follows from the impact assessment and from law.',
    why: 'Without a written requirement there is nothing to verify against, and the auditor will compare this record with the tests.',
    usualEvidence: [
      'Requirements specification with rationale and acceptance values',
      'Trace from risks, impacts and legal duties to requirements',
      'Approval of requirements and of later changes to them',
    ],
    usualOwner: 'Product manager',
  },
  'A.6.2.3': {
    ask: 'Provide the design record of each AI system: architecture, model and learning approach, data choices, security and interface decisions, and how it follows from objectives and specification.',
    why: 'An auditor wants someone who did not build the system to be able to understand from the record why it is as it is.',
    usualEvidence: [
      'Architecture and design document for each AI system',
      'Decision log with alternatives that were rejected',
      'Experiment tracking with model, data and parameters of each run',
    ],
    usualOwner: 'Head of machine learning engineering',
  },
  'A.6.2.4': {
    ask: 'Show how each AI system was tested and validated before release: methods, test data and its fit to real use, acceptance criteria for performance, fairness and safety, results, and who judged them.',
    why: 'Good figures on the wrong data mislead, so an auditor examines where the test data came from and what happened when a criterion was missed.',
    usualEvidence: [
      'Verification and validation plan with release criteria',
      'Test reports by user group and operating condition',
      'Description of the test data and its separation from training data',
      'Decision on deviations from the criteria',
    ],
    usualOwner: 'Head of quality assurance',
  },
  'A.6.2.5': {
    ask: 'Provide the deployment plan of each AI system and proof that its conditions were met before it went live: tests passed, impact assessment approved, users informed, a way back prepared.',
    why: 'Deployment is the last moment at which harm is cheap to prevent, and an auditor compares the date of each sign-off with the go-live date.',
    usualEvidence: [
      'Deployment plan with target environment and rollback',
      'Release checklist with sign-offs dated before go-live',
      'Differences between development and target environment, assessed',
    ],
    usualOwner: 'Head of operations',
  },
  'A.6.2.6': {
    ask: 'Show how each AI system is looked after in operation: monitoring of errors, performance and drift, thresholds and alerts, repairs, updates and retraining, user support and defense against AI-specific attacks.',
    why: 'Models lose their fit without any change to the code, so an auditor asks for the last alert and what people did about it.',
    usualEvidence: [
      'Operating and monitoring plan with thresholds',
      'Dashboard and alert history that show the planned metrics',
      'Tickets for repairs, retraining and support',
      'Response plan for attacks such as data poisoning or model extraction',
    ],
    usualOwner: 'Head of operations',
  },
  'A.6.2.7': {
    ask: 'Show which technical documents go to each audience, that is to those who use, integrate, buy or supervise the AI system, and in what form. Think of purpose, architecture, limits, operating instructions and monitoring needs.',
    why: 'An auditor puts on the hat of each audience in turn and looks for what that audience would need and cannot find.',
    usualEvidence: [
      'Documentation plan by audience and AI system',
      'Technical file or model card with version',
      'Record of delivery, and of updates after a release',
    ],
    usualOwner: 'Head of technical documentation',
  },
  'A.6.2.8': {
    ask: 'Show at which stages each AI system writes event logs (in use at the very least), which events they hold, how long they are kept and how they are protected.',
    why: 'After an incident only the log can say what the system did, and an auditor may ask you to reconstruct a single past output.',
    usualEvidence: [
      'Logging concept with events, stages and retention',
      'Log extract that ties an output to its time, input and model version',
      'Access rights and protection of logs against alteration',
    ],
    usualOwner: 'Head of operations',
  },
};
