import { domainToUnicode } from 'node:url';
import fc from 'fast-check';
import Value from 'typebox/value';
import { expect, it, test } from 'vitest';
import { asKnown, isEmail } from '../../domain/registry/address.ts';
import { email } from '../../domain/registry/fields.ts';

it.each([
  'kim@example.com',
  'kim@münchen.example',
  'müller@example.org',
  'нина@пример.example',
  'kim+news@mail.example.co.uk',
  '"kim smith"@example.com',
  'kim@[192.0.2.1]',
])('takes %s', (address) => {
  expect(isEmail(address)).toBe(true);
  expect(Value.Check(email, address)).toBe(true);
});

it.each([
  'kim',
  'kim@',
  '@example.com',
  'kim@@example.com',
  'kim..smith@example.com',
  'kim@-example.com',
  'kim smith@example.com',
  'kim@exam ple.com',
  'kim\u0000@example.com',
  'kim\r\nbcc: x@example.com',
  '"kim\u0001"@example.com',
  '"kim\n"@example.com',
  'kim\u200b@example.com',
  'kim\u202e@example.com',
  'kim@exam\u0007ple.com',
  'kim@münchen\u2028.example',
])('refuses %j', (address) => {
  expect(isEmail(address)).toBe(false);
  expect(Value.Check(email, address)).toBe(false);
});

test('one mailbox is one person, however the address is written', () => {
  expect(asKnown('Kim@MÜNCHEN.example')).toBe('kim@münchen.example');
  expect(asKnown('kim@xn--mnchen-3ya.example')).toBe('kim@münchen.example');
  expect(asKnown('kim@mu\u0308nchen.example')).toBe('kim@münchen.example');
  expect(asKnown('kim@xn--.example')).toBe('kim@xn--.example');
  expect(asKnown('kim@xn--e1afmkfd.xn--p1ai')).toBe('kim@пример.рф');
});

test('the ASCII form of every domain is read as the platform reads it', () => {
  const label = fc.stringMatching(/^[a-zäöüßéèñжщя漢字かな]{1,12}$/u);
  fc.assert(
    fc.property(label, (written) => {
      const { hostname } = new URL(`http://${written}.example`);
      expect(asKnown(`kim@${hostname}`)).toBe(`kim@${domainToUnicode(hostname).normalize('NFC').toLowerCase()}`);
    }),
  );
});
