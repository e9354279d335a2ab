import { choice, field, type WordsOfForms } from './form.ts';
import { severityOptions, systemRoleOptions } from './options.ts';
import { optionalReason, reason, systemId } from './shared.ts';

/** The forms of AI systems, and of what happens to them. */
export const changeForms = {
  putAiSystem: {
    title: 'Add or change an AI system',
    verb: 'Save the AI system',
    fields: {
      id: field('Short name', 'Names it in addresses and lists, such as screening. It cannot change later.'),
      name: field('Name'),
      role: choice("The organization's role", systemRoleOptions, 'What it does with the system.'),
      risk: choice('Risk', severityOptions),
    },
  },
  retireAiSystem: {
    title: 'Retire an AI system',
    verb: 'Retire it',
    fields: { systemId: field('AI system'), reason: optionalReason },
  },
  reportIncident: {
    title: 'Report an incident',
    verb: 'Report the incident',
    fields: {
      occurredOn: field('Occurred on'),
      systemId,
      severity: choice(
        'Severity',
        severityOptions,
        'The certification body can be told of incidents of high severity.',
      ),
      description: field('What happened'),
    },
  },
  correctIncident: {
    title: 'Put an incident right',
    verb: 'Put it right',
    fields: {
      incidentId: field('Incident', 'Its number, such as I-1.'),
      occurredOn: field('Occurred on', 'Leave it empty if that was right.'),
      description: field('What happened', 'Leave it empty if that was right.'),
      reason,
    },
  },
  reportSignificantChange: {
    title: 'Report a significant change',
    verb: 'Report the change',
    fields: {
      description: field('What changed', 'The next recertification begins with a Stage 1 audit because of it (R15).'),
    },
  },
  reportComplaint: {
    title: 'Report a complaint',
    verb: 'Report the complaint',
    fields: {
      receivedOn: field('Received on'),
      from: field('Who complained', 'Name and part, such as Dana Reyes, customer.'),
      systemId,
      description: field('What the complaint is'),
    },
  },
  correctComplaint: {
    title: 'Put a complaint right',
    verb: 'Put it right',
    fields: {
      complaintId: field('Complaint', 'Its number, such as C-1.'),
      receivedOn: field('Received on', 'Leave it empty if that was right.'),
      from: field('Who complained', 'Leave it empty if that was right.'),
      description: field('What the complaint is', 'Leave it empty if that was right.'),
      reason,
    },
  },
} satisfies Partial<WordsOfForms>;
