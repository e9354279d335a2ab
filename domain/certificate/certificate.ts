import { type Static, Type } from 'typebox';
import { scope } from '../program/scope.ts';
import { date, name, strict } from '../registry/fields.ts';

/** R18: what a certificate is suspended for. */
export const suspensionGrounds = ['failure', 'auditRefused', 'onRequest'] as const;
export type SuspensionGround = (typeof suspensionGrounds)[number];

const anyCertificate = {
  number: name,
  scope,
  initialDecisionOn: date,
  decidedOn: date,
  validFrom: date,
  lastDay: date,
  cycle: Type.Integer({ description: '1 for the first certificate, 2 once recertified.' }),
};

export const validCertificate = Type.Object(
  { ...anyCertificate, status: Type.Literal('valid'), reinstatedOn: Type.Optional(date) },
  strict,
);

export const suspendedCertificate = Type.Object(
  {
    ...anyCertificate,
    status: Type.Literal('suspended'),
    suspendedOn: date,
    suspendedFor: Type.Optional(Type.String({ description: 'The major that was not verified in time.' })),
  },
  strict,
);

export const lapsedCertificate = Type.Object(
  {
    ...anyCertificate,
    status: Type.Literal('lapsed'),
    lapsedOn: date,
    restorationEndedOn: Type.Optional(date),
    suspendedOn: Type.Optional(date),
    suspendedFor: Type.Optional(Type.String()),
  },
  strict,
);

export const withdrawnCertificate = Type.Object(
  {
    ...anyCertificate,
    status: Type.Literal('withdrawn'),
    suspendedOn: Type.Optional(date),
    suspendedFor: Type.Optional(Type.String()),
    lapsedOn: Type.Optional(date),
    restorationEndedOn: Type.Optional(date),
    toldUntil: Type.Optional(
      Type.Unsafe<Static<typeof date>>({
        ...date,
        description:
          'R18, R28: where the clock withdrew it, until when can be told that its suspension was resolved in time.',
      }),
    ),
  },
  strict,
);

/** A certificate, by its status. `scope` is what it certifies: the program's on the day of the decision, until it is changed. */
export const certificate = Type.Union([
  validCertificate,
  suspendedCertificate,
  lapsedCertificate,
  withdrawnCertificate,
]);

export type ValidCertificate = Static<typeof validCertificate>;
export type SuspendedCertificate = Static<typeof suspendedCertificate>;
/** R17: it can be restored until `restorationEndedOn` says that the time for that is over. */
export type LapsedCertificate = Static<typeof lapsedCertificate>;
export type WithdrawnCertificate = Static<typeof withdrawnCertificate>;
/** A certificate that can still be used, now or once it is reinstated. */
export type LiveCertificate = ValidCertificate | SuspendedCertificate;
export type Certificate = LiveCertificate | LapsedCertificate | WithdrawnCertificate;
export type CertificateStatus = 'none' | Certificate['status'];

export function isLive(one: Certificate | undefined): one is LiveCertificate {
  return one?.status === 'valid' || one?.status === 'suspended';
}
