import { expect, test } from 'vitest';
import type { MailPreferences } from '../../domain/people/mailPreferences.ts';
import { onBothDatabases } from './databases.ts';

const all: MailPreferences = {
  digest: 'weekly',
  weekday: 3,
  quietFrom: '20:00',
  quietUntil: '07:00',
  timeZone: 'Europe/Berlin',
};

onBothDatabases('how mails reach people', (bench) => {
  test('is daily for whoever chose nothing', async () => {
    expect(await bench.db.mailPreferences.get('olu@example.org')).toEqual({ digest: 'daily' });
  });

  test('is kept as it was chosen last, for that person only, in every process', async () => {
    const { mailPreferences } = bench.db;
    const other = await bench.again();
    await mailPreferences.set('olu@example.org', all);
    expect(await other.mailPreferences.get('olu@example.org')).toEqual(all);
    await other.mailPreferences.set('olu@example.org', { digest: 'none' });
    expect(await mailPreferences.get('olu@example.org')).toEqual({ digest: 'none' });
    expect(await mailPreferences.get('pat@example.org')).toEqual({ digest: 'daily' });
  });
});
