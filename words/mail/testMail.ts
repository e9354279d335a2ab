import { asHtml } from './page.ts';
import { asText } from './text.ts';
import type { Letter, RenderedMail } from './types.ts';

/** The mail by which somebody tries the mail server of an installation. */
export function testMail(publicUrl: string): RenderedMail {
  const letter: Letter = {
    subject: 'Certloop can send mail',
    preview: 'The mail server of this installation took a mail to you.',
    from: [publicUrl.replace(/^https?:\/\//, '')],
    title: 'Certloop can send mail',
    lead: [
      { text: 'The mail server of this installation took a mail to you, and it arrived.' },
      {
        label: 'What to look at',
        text: 'Whether the link below opens the installation for those who get mails, and whether this mail lies among the advertising: then the mail server has to sign it (DKIM).',
      },
    ],
    link: { label: 'Open Certloop', url: publicUrl },
    details: [],
    sections: [],
    closing: ['Sent by certloop test-mail.', 'Written by Certloop. Replying to this mail changes nothing.'],
  };
  return { subject: letter.subject, text: asText(letter), html: asHtml(letter) };
}
