import { createHash, createHmac, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import { expect, test } from 'vitest';
import { signEnvelope } from '../../signing/client.ts';
import { keys } from '../support/keys.ts';
import { toGapAssessment } from './support/paths.ts';
import { manager, owner } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';

const stage = stageOfFile();
const command = { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2030-02-15' };

test('a system with a Temporal client of its own signals a command as docs/temporal.md shows', async () => {
  const program = await stage.start();
  await toGapAssessment(program);
  const envelope = { commandId: 'erp-4711', actor: { email: manager }, command };
  const handle = stage.client.workflow.getHandle(`program/${program.id}`);
  await handle.signal('command', signEnvelope(program.id, envelope, keys));
  await program.settle();
  expect((await program.records()).at(-1)).toMatchObject({ type: 'TaskOpened', actor: manager, commandId: 'erp-4711' });
});

test('one in another language signs by what docs/temporal.md says', async () => {
  const program = await stage.start();
  await toGapAssessment(program);
  const secret = Buffer.alloc(32, 'test');
  const key = createHash('sha256').update(secret).digest('hex').slice(0, 12);
  const sent = { commandId: randomUUID(), actor: { email: manager }, command };
  const text = canonicalize({ key, purpose: 'certloop command 1', sent, to: `program/${program.id}` })!;
  const mac = createHmac('sha256', secret).update(text).digest('base64url');
  const handle = stage.client.workflow.getHandle(`program/${program.id}`);
  const answer = await handle.executeUpdate('command', { args: [{ ...sent, signature: `${key}.${mac}` }] });
  expect(answer).toMatchObject({ commandId: sent.commandId });
});
