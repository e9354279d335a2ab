import { list } from '../phrases.ts';
import { asHtml } from './page.ts';
import { subjectLine } from './subject.ts';
import { asText } from './text.ts';
import type { Letter, RenderedMail } from './types.ts';

/** What a mail with a code to sign in says. */
export interface SignInWords {
  /** Six digits. */
  code: string;
  /** The page that signs in, once somebody presses its button. */
  link: string;
  /** For how long both are good. */
  minutes: number;
  /** Where people reach the installation. */
  publicUrl: string;
}

/** The mail by which somebody signs in. Both ways work only in the browser that asked: whoever else reads it cannot use it. */
export function signInMail({ code, link, minutes, publicUrl }: SignInWords): RenderedMail {
  const shown = code.replace(/^(\d{3})(\d{3})$/, '$1 $2');
  const where = hostOf(publicUrl);
  return rendered({
    subject: `${shown} is your code for Certloop`,
    preview: `Type it in the browser in which you asked for it, within ${minutes} minutes.`,
    from: [where],
    title: 'Sign in to Certloop',
    lead: [{ text: 'Type this code in the browser in which you asked for it:' }],
    code: shown,
    button: { label: 'Sign in by link', url: link },
    details: [
      { text: `Use the link in the same browser. The code and the link are good for ${minutes} minutes, and once.` },
      {
        label: 'If you did not ask for it',
        text: 'Somebody typed your address, perhaps by mistake. You can leave this mail alone: without your browser and this code nobody comes in. Do not give the code to anyone who asks for it.',
      },
    ],
    closing: [`Sent because this address was typed at ${where}.`, 'Written by Certloop.'],
  });
}

/** What a mail that invites somebody says. */
export interface InvitationWords {
  /** Whom it invites. */
  name: string;
  /** Who invites them: a name, or an address. */
  by: string;
  organization?: string;
  programName?: string;
  /** What they are there: `owner`, `lead auditor`. */
  roles?: readonly string[];
  link: string;
}

/** The mail that tells somebody that they can come in, and what for. */
export function invitationMail({
  name,
  by,
  organization,
  programName,
  roles = [],
  link,
}: InvitationWords): RenderedMail {
  const of = organization ? ` of ${organization}` : '';
  const what = programName ? `${programName}${of}` : organization ? `Certloop at ${organization}` : 'Certloop';
  const as = roles.length > 0 ? ` as ${list(roles)}` : '';
  return rendered({
    subject: `${by} invites you to ${what}`,
    preview: programName ? `You take part in ${programName}${as}.` : 'You can sign in with this address.',
    from: [programName, organization].filter((part) => part !== undefined),
    title: `${by} invites you to ${what}`,
    lead: [
      { text: `Hello ${name},` },
      {
        text: programName
          ? `${by} added you to ${programName}${of}${as}. Certloop runs a program to certification to ISO/IEC 42001: it asks you for what you can contribute, by mail, and shows where the program stands.`
          : `${by} gave you access to Certloop, which runs programs to certification to ISO/IEC 42001.`,
      },
    ],
    button: { label: programName ? 'Open the program' : 'Open Certloop', url: link },
    details: [
      {
        label: 'How you sign in',
        text: 'With this e-mail address: a code comes to it each time. There is no password to remember.',
      },
      { label: 'If you do not know what this is', text: `Ask ${by}. You need not do anything until then.` },
    ],
    closing: [`Sent because ${by} named this address.`, 'Written by Certloop. Nobody reads replies to this mail.'],
  });
}

function rendered(words: Omit<Letter, 'sections'>): RenderedMail {
  const letter: Letter = { ...words, subject: subjectLine(words.subject), sections: [] };
  return { subject: letter.subject, text: asText(letter), html: asHtml(letter) };
}

/** The host of an address, without what people do not type. */
function hostOf(publicUrl: string): string {
  return publicUrl.replace(/^https?:\/\//, '').replace(/\/+$/, '');
}
