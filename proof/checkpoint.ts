import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';

/** The hash before the first checkpoint of an installation. */
export const beforeFirst = '0'.repeat(64);

const hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const strict = { additionalProperties: false };

/** Where a chain ends: number and hash of its last record. */
const head = { seq: Type.Integer({ minimum: 0 }), hash };

/** What a checkpoint says: where every chain of an installation ended at a moment. */
export const Statement = Type.Object(
  {
    format: Type.Literal('certloop-checkpoint-1'),
    installation: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    /** 1 for the first, and so on without a gap. */
    number: Type.Integer({ minimum: 1 }),
    madeAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
    /** The hash of the checkpoint before. */
    previous: hash,
    /** Every program, by its id, ascending. */
    programs: Type.Array(Type.Object({ id: Type.String(), ...head }, strict)),
    /** The installation's own chain, where it has one. */
    own: Type.Optional(Type.Object(head, strict)),
    /** What somebody took for lost: heads of the checkpoint before that the register did not hold any more. */
    accepted: Type.Optional(Type.Object({ reason: Type.String(), programs: Type.Array(Type.String()) }, strict)),
    /** The raw 32 bytes of the Ed25519 key that signs it, in base64url. */
    publicKey: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  },
  strict,
);
export type Statement = Static<typeof Statement>;

/** Every head that a checkpoint has, the installation's own last, under the name that it is given here. */
export function headsOf({ programs, own }: Statement, ownId: string): { id: string; seq: number; hash: string }[] {
  return own ? [...programs, { id: ownId, ...own }] : programs;
}

/** A checkpoint as it is written: what it says, its signature, and a time stamp (RFC 3161) over its hash where there is one. */
export const Checkpoint = Type.Object(
  {
    checkpoint: Statement,
    signature: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
    timestamp: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9+/]+=*$' })),
  },
  strict,
);
export type Checkpoint = Static<typeof Checkpoint>;

/** SHA-256 over the canonical JSON (RFC 8785) of what a checkpoint says, in lower-case hexadecimal. */
export function hashOfStatement(statement: Statement): string {
  return createHash('sha256').update(canonical(statement), 'utf8').digest('hex');
}

/** Signs what a checkpoint says: Ed25519 over its canonical JSON in UTF-8. */
export function signed(statement: Statement, key: KeyObject): Checkpoint {
  return { checkpoint: statement, signature: sign(null, Buffer.from(canonical(statement)), key).toString('base64url') };
}

/** A checkpoint as a file holds it: canonical JSON, so that the same one is the same bytes everywhere. */
export function textOf(checkpoint: Checkpoint): string {
  return `${canonical(checkpoint)}\n`;
}

/**
 * Reads a checkpoint from its text. Its signature is not looked at.
 *
 * @throws Error that says what is wrong with it
 */
export function readCheckpoint(text: string): Checkpoint {
  const value = jsonOf(text);
  if (Value.Check(Checkpoint, value)) return value;
  const first = Value.Errors(Checkpoint, value)[0];
  throw new Error(`it is no checkpoint${first ? ` (${first.instancePath || 'as a whole'}: ${first.message})` : ''}`);
}

/** Whether a checkpoint is as it was signed by one of some keys, each the raw 32 bytes in base64url. */
export function isSigned({ checkpoint, signature }: Checkpoint, keys: readonly string[]): boolean {
  if (!keys.includes(checkpoint.publicKey)) return false;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: checkpoint.publicKey }, format: 'jwk' });
  return verify(null, Buffer.from(canonical(checkpoint)), key, Buffer.from(signature, 'base64url'));
}

function canonical(value: object): string {
  return canonicalize(value)!;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is no JSON');
  }
}
