import type { Email, InstallationRole, Instant, IsoDate } from '../domain/basics.ts';

/** What a token is good for: one program or all of its person's, to read alone or to write too. */
export interface TokenScope {
  programId?: string;
  access: 'read' | 'write';
}

/** Who does something in the installation, and by which way; nobody by name on a machine that reaches the database. */
export interface By {
  actor?: Email;
  /** The token by which it comes. */
  tokenId?: string;
  through: 'page' | 'api' | 'provider' | 'machine';
}

interface Rights {
  installationRole?: InstallationRole;
  mayStart: boolean;
}

interface TokenSaid {
  tokenId: string;
  email: Email;
  name: string;
  installationRole?: InstallationRole;
  scope?: TokenScope;
  expiresOn?: IsoDate;
  /** SHA-256 of the secret: whoever exchanges it in the row has another token. */
  secretHash?: string;
}

interface PasskeySaid {
  passkeyId: string;
  email: Email;
  /** SHA-256 of its public key: whoever exchanges the key in the row signs in as its person. */
  keyHash: string;
}

/** What is recorded of the installation, by type. `…Known` is what was there when the chain began. */
export interface InstallationEvents {
  TokenMade: TokenSaid;
  TokenKnown: TokenSaid;
  TokenRevoked: { tokenId: string; email: Email; name: string };
  /** `before` is absent for an account that is new. */
  AccountPut: { email: Email; name: string; before?: Rights & { name: string } } & Rights;
  AccountKnown: { email: Email; name: string } & Rights;
  AccountRemoved: { email: Email };
  AccountMoved: { from: Email; to: Email; name: string };
  PasskeyAdded: PasskeySaid;
  PasskeyKnown: PasskeySaid;
  PasskeyRemoved: { passkeyId: string; email: Email };
}

export type InstallationEvent = {
  [T in keyof InstallationEvents]: { type: T; data: InstallationEvents[T] };
}[keyof InstallationEvents];

/** Something that happened to the installation, as its chain keeps it for ever. */
export type InstallationRecord = InstallationEvent & By & { seq: number; at: Instant };
