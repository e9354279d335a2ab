import { expect, it } from 'vitest';
import { atMachine } from '../../db/installation.ts';
import type { Instant } from '../../domain/basics.ts';
import { personOfClaims } from '../../identity/oidc/person.ts';
import type { Claims, OidcSettings } from '../../identity/oidc/provider.ts';
import { removeAccount } from '../../identity/rights.ts';
import { onBothDatabases } from '../db/databases.ts';

const now: Instant = '2030-01-07T13:00:00.000Z';
const kim = { sub: 'kim', email: 'Kim@Example.com', email_verified: true, name: 'Kim Lee' };

const settings: OidcSettings = {
  issuer: 'https://id.example.com',
  clientId: 'certloop',
  name: 'Example',
  verifiedOnly: true,
  administrators: [],
  operations: [],
  redirectUri: 'https://certloop.example.com/sign-in/oidc/callback',
};
const withRoles = { ...settings, roleClaim: 'groups', administrators: ['aims-admins', 'root'], operations: ['sre'] };

onBothDatabases('the person whom a provider signed in', (bench) => {
  const arrive = (claims: Claims, given = settings) => personOfClaims(bench.db, given, { ...kim, ...claims }, now);
  const account = () => bench.db.accounts.find('kim@example.com');

  it('gets an account that may do nothing, the very first one too', async () => {
    expect(await arrive({ groups: ['aims-admins'], roles: ['administrator'] })).toBe('kim@example.com');
    expect(await account()).toEqual({ email: 'kim@example.com', name: 'Kim Lee', mayStart: false });
  });

  it('keeps the account that is there, with its name and its rights', async () => {
    await bench.db.accounts.put({ email: 'kim@example.com', name: 'Kim', mayStart: true }, now, atMachine);
    await arrive({});
    expect(await account()).toMatchObject({ name: 'Kim', mayStart: true });
  });

  it('has an address, and one that the provider calls verified unless the settings do without', async () => {
    await expect(arrive({ email: undefined })).rejects.toThrow(/gave no e-mail address/);
    await expect(arrive({ email: 'kim' })).rejects.toThrow(/gave no e-mail address/);
    for (const verified of [undefined, false, 'no'])
      await expect(arrive({ email_verified: verified })).rejects.toThrow(/does not call Kim@Example.com verified/);
    expect(await account()).toBeUndefined();
    await arrive({ email_verified: undefined }, { ...settings, verifiedOnly: false });
    expect(await account()).toBeDefined();
  });

  it('has the name that the provider gives, in whatever part', async () => {
    await arrive({ name: undefined, given_name: 'Kim', family_name: 'Lee-Park' });
    expect((await account())?.name).toBe('Kim Lee-Park');
  });

  it.each([
    [['staff', 'root'], 'administrator'],
    ['sre', 'operations'],
    [['sre', 'aims-admins'], 'administrator'],
    [['staff', 'Root', 7], undefined],
    [undefined, undefined],
  ])('with the groups %s has the role %s', async (groups, role) => {
    await arrive({ groups }, withRoles);
    expect((await account())?.installationRole).toBe(role);
  });

  it('loses what the provider gave when it gives it no more, and is given it again', async () => {
    await bench.db.accounts.put(
      { email: 'ada@example.com', name: 'Ada', mayStart: true, installationRole: 'administrator' },
      now,
      atMachine,
    );
    await arrive({ groups: ['root'] }, withRoles);
    await arrive({ groups: ['sre'] }, withRoles);
    expect((await account())?.installationRole).toBe('operations');
    await arrive({ groups: [] }, withRoles);
    expect((await account())?.installationRole).toBeUndefined();
    await arrive({ groups: ['root'] }, withRoles);
    expect((await account())?.installationRole).toBe('administrator');
  });

  it('loses the tokens of a role with the role', async () => {
    const { accounts, tokens } = bench.db;
    await accounts.put(
      { email: 'ada@example.com', name: 'Ada', mayStart: true, installationRole: 'administrator' },
      now,
      atMachine,
    );
    await arrive({ groups: ['root'] }, withRoles);
    const made = { email: 'kim@example.com', name: 'Kim' } as const;
    const strong = await tokens.create({ ...made, installationRole: 'administrator' }, atMachine);
    const weak = await tokens.create(made, atMachine);
    await arrive({ groups: [] }, withRoles);
    expect(await tokens.find(strong.token, '2030-01-07')).toBeUndefined();
    expect(await tokens.find(weak.token, '2030-01-07')).toBeDefined();
  });

  it('leaves nothing to who gets the address later, once the account is removed', async () => {
    const { accounts, passkeys, providerRoles } = bench.db;
    await accounts.put(
      { email: 'ada@example.com', name: 'Ada', mayStart: true, installationRole: 'administrator' },
      now,
      atMachine,
    );
    await arrive({ groups: ['root'] }, withRoles);
    const key = { id: 'one', name: 'Laptop', publicKey: 'x', counter: 0, transports: [], synced: true, createdAt: now };
    await passkeys.add({ ...key, email: 'kim@example.com' }, atMachine);
    await passkeys.add({ ...key, id: 'two', email: 'ada@example.com' }, atMachine);
    expect(await removeAccount(bench.db, 'kim@example.com', '2030-01-07', { through: 'machine' })).toBe('done');
    expect(await passkeys.find('one')).toBeUndefined();
    expect(await passkeys.find('two')).toBeDefined();
    expect(await providerRoles.of('kim@example.com')).toBeUndefined();
  });

  it('keeps a role that an administrator gave, whatever the provider says', async () => {
    const given = { email: 'kim@example.com', name: 'Kim', mayStart: true, installationRole: 'administrator' } as const;
    await bench.db.accounts.put(given, now, atMachine);
    for (const groups of [[], ['sre'], undefined]) await arrive({ groups }, withRoles);
    expect((await account())?.installationRole).toBe('administrator');
  });

  it('stays administrator as the last one, so that a change at the provider locks nobody out', async () => {
    await arrive({ groups: ['root'] }, withRoles);
    await arrive({ groups: [] }, withRoles);
    expect((await account())?.installationRole).toBe('administrator');
  });
});
