import { Type } from 'typebox';
import { mustSay } from '../checks.ts';
import { command } from '../registry/command.ts';
import { reason, sha256 } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { manager } from '../registry/roles.ts';

/** For law's sake: what is in the file goes; its hash stays in the records that name it, and so does the reason. */
export const eraseFile = command('eraseFile', {
  summary: 'Erase a file; its hash and the reason stay',
  payload: { sha256, reason },
  roles: manager,
  installationRoles: ['administrator'],
  evenEnded: true,
  address: { does: 'remove', path: '/files/:sha256' },
  example: {
    at: 'evidenceSubmitted',
    by: 'programManager',
    payload: {
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      reason: 'It names people who asked to be forgotten.',
    },
  },
  decide(draft, { sha256: hash, reason: why }) {
    mustSay(why, 'reason');
    draft.emit(FileErased, { sha256: hash, reason: why });
  },
});

export const FileErased = record('FileErased', {
  data: { sha256, reason: Type.String() },
  leavesTask: false,
  // What the program is does not change: records keep the hash, and the bytes are no part of it.
  apply: (state) => state,
});
