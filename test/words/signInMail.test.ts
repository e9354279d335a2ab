import { describe, expect, it } from 'vitest';
import { invitationMail, signInMail } from '../../words/mail/signIn.ts';

const publicUrl = 'https://certloop.example.org/';
const link = 'https://certloop.example.org/sign-in/link/abc';

describe('the mail by which somebody signs in', () => {
  const { subject, text, html } = signInMail({ code: '048213', link, minutes: 15, publicUrl });

  it('says the code where it is looked for, and how long it is good', () => {
    expect(subject).toBe('048 213 is your code for Certloop');
    expect(text).toContain('\n  048 213\n');
    expect(html).toMatch(/>048 213<\/p>/);
    expect(text).toContain('good for 15 minutes');
  });

  it('has one link, and tells whoever did not ask for it what to do', () => {
    expect(text).toContain(`\nSign in by link:\n${link}\n`);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([link]);
    expect(text).toContain('You can leave this mail alone');
    expect(text).toContain('at certloop.example.org.');
  });
});

describe('an invitation', () => {
  const whole = { name: 'Dana', by: 'Ana Pérez', organization: 'TechServe', programName: 'AIMS', link };

  it('says who invites to what, as what, and how to come in', () => {
    const { subject, text } = invitationMail({ ...whole, roles: ['owner', 'viewer'] });
    expect(subject).toBe('Ana Pérez invites you to AIMS of TechServe');
    expect(text).toContain('Ana Pérez added you to AIMS of TechServe as owner and viewer.');
    expect(text).toContain(`\nOpen the program:\n${link}\n`);
    expect(text).toContain('There is no password to remember.');
  });

  it('does without a program, or an organization', () => {
    expect(invitationMail({ ...whole, programName: undefined }).subject).toBe(
      'Ana Pérez invites you to Certloop at TechServe',
    );
    const bare = invitationMail({ name: 'Dana', by: 'Ana Pérez', link });
    expect(bare.subject).toBe('Ana Pérez invites you to Certloop');
    for (const part of Object.values(bare)) expect(part).not.toMatch(/undefined/);
  });

  it('takes names for what they are', () => {
    const hostile = '<b>x</b>\r\nBcc: victim@example.org';
    const { subject, html, text } = invitationMail({ ...whole, by: hostile, name: hostile, programName: hostile });
    expect(`${subject}${text.split('\n\n')[0]}`).not.toMatch(/[\r]|\nBcc/);
    expect(html).not.toContain('<b>');
  });
});
