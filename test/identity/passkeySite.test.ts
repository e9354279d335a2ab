import { expect, it } from 'vitest';
import { passkeySite } from '../../identity/passkeys.ts';

it.each([
  ['https://certloop.example.com', { origin: 'https://certloop.example.com', id: 'certloop.example.com' }],
  ['https://example.com:8443/aims', { origin: 'https://example.com:8443', id: 'example.com' }],
  ['http://localhost:8400', { origin: 'http://localhost:8400', id: 'localhost' }],
])('the passkeys of %s belong to its name', (publicUrl, site) => {
  expect(passkeySite(publicUrl)).toEqual(site);
});

it.each(['http://127.0.0.1:8400', 'http://[::1]:8400', 'https://192.0.2.7', 'http://certloop.example.com'])(
  'there are none at %s, where browsers make none',
  (publicUrl) => {
    expect(passkeySite(publicUrl)).toBeUndefined();
  },
);
