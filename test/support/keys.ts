import { keysFrom } from '../../signing/keys.ts';

/** The keys that commands are signed with in the tests. */
export const keys = keysFrom(Buffer.alloc(32, 'test').toString('base64'));
