import { afterAll, beforeAll, expect, test } from 'vitest';
import { who } from '../../domain/support.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

let web: WebServer;

beforeAll(async () => {
  web = await webServer({ shown: 'certified' });
}, 120_000);

afterAll(() => web?.close());

test('what would follow is shown to each as far as they would see it', async () => {
  const previewed = async (email: (typeof who)[keyof typeof who], ground: string) => {
    const visitor = await web.signedIn(email);
    await visitor.open('/programs/shown/do/suspendCertificate');
    const filled = { reason: 'The surveillance was refused.', ground };
    await visitor.send('data-command="suspendCertificate"', filled, '_do=preview');
    expect(visitor.status).toBe(200);
    return visitor.text;
  };
  expect(await previewed(who.manager, 'onRequest')).toMatch(/suspended.*opened for Mia/);
  const decider = await previewed(who.decider, 'auditRefused');
  expect(decider).toMatch(/What would follow .*suspended/);
  expect(decider).not.toMatch(/opened for/);
});
