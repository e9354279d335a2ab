import { decisionLabels } from '../labels.ts';
import { choice, field, group, type WordsOfForms } from './form.ts';
import { asOptions, groundOptions } from './options.ts';
import { profileFields } from './profile.ts';
import { actOfBody, auditId, files, reason, scope } from './shared.ts';

/** The forms of decisions and of the certificate. */
export const certificateForms = {
  recordDecision: {
    title: 'Record the decision',
    verb: 'Record the decision',
    fields: {
      auditId: { ...auditId, hint: 'The one that the decision rests on.' },
      decision: choice('Decision', asOptions(decisionLabels), 'Open nonconformities limit what can be decided (R5).'),
      certificateNumber: field('Number of the certificate', 'Needed when the first certificate is granted.'),
      validFrom: field('Valid from', 'The day that the body printed, if it is after the decision (R32).'),
      basis: field('Basis', 'What the decision rests on.'),
      files,
      ...actOfBody,
    },
  },
  suspendCertificate: {
    title: 'Suspend the certificate',
    verb: 'Suspend it',
    fields: {
      reason,
      ground: choice('Ground', groundOptions, 'The organization can only ask for it itself.'),
      ...actOfBody,
    },
  },
  reinstateCertificate: { title: 'Reinstate the certificate', verb: 'Reinstate it', fields: { reason, ...actOfBody } },
  reduceScope: {
    title: 'Reduce the scope of the certificate',
    verb: 'Reduce the scope',
    fields: {
      ...scope,
      exclusions: field('Exclusions', 'What the certificate does not cover any longer.'),
      reason,
      ...actOfBody,
    },
  },
  transferCertificate: {
    title: 'Transfer the certificate to another body',
    verb: 'Transfer it',
    fields: {
      to: group('The new certification body', {
        name: field('Name'),
        rules: group('Its rules', profileFields, 'Leave empty what is as usual.'),
      }),
      on: field('Transferred on'),
      reason,
      certificateNumber: field('Number of the certificate', 'If the new body gives it another.'),
    },
  },
  withdrawCertificate: {
    title: 'Withdraw the certificate',
    verb: 'Withdraw it',
    fields: {
      reason: field('Reason', 'A withdrawn certificate cannot be reinstated. It stays in the records.'),
      ...actOfBody,
    },
  },
  keepCertificate: {
    title: 'Keep the certificate as it is',
    verb: 'Keep it as it is',
    fields: { auditId: { ...auditId, hint: 'The one whose team recommends otherwise.' }, reason, ...actOfBody },
  },
  restoreCertificate: {
    title: 'Restore the certificate after its lapse',
    verb: 'Restore it',
    fields: {
      auditId: { ...auditId, hint: 'The recertification audit that it rests on.' },
      reason,
      validFrom: field('Valid from', 'The day that the body printed, if it is after the decision (R32).'),
      ...actOfBody,
    },
  },
  correctCertificate: {
    title: 'Put the certificate right',
    verb: 'Put it right',
    fields: {
      number: field('Number of the certificate'),
      decidedOn: field('Decided on', 'Its last day and the audits of its cycle are counted anew.'),
      validFrom: field('Valid from', 'If the certificate runs from another day than that of its decision.'),
      suspendedOn: field(
        'Suspended on',
        'Of a suspended certificate only: the time to resolve it counts from that day.',
      ),
      reason,
      ...actOfBody,
    },
  },
} satisfies Partial<WordsOfForms>;
