import type { ComponentChildren } from 'preact';
import type { Page } from '../html/layout.tsx';
import { Facts } from '../html/parts.tsx';
import { Back } from '../program/parts/links.tsx';
import { sandbox } from './frame.ts';

/** A mail as it is shown. */
export interface ShownMail {
  subject: string;
  /** Where its HTML is, for the frame; absent when it has none. */
  body?: string;
  text: string;
  facts: readonly (readonly [string, ComponentChildren] | undefined)[];
  headers?: readonly { name: string; value: string }[];
  /** Back to the list. */
  list: { href: string; label: string };
}

/** A mail as it looks, with its text part and where it came from. */
export function mailPage(mail: ShownMail, place: Pick<Page, 'program' | 'at'>): Page {
  const { subject, body, text, facts, headers = [], list } = mail;
  return {
    title: subject,
    ...place,
    body: (
      <>
        <Back href={list.href}>{list.label}</Back>
        <h1>{subject}</h1>
        <Facts facts={facts} />
        {body && <iframe class="mail-frame" src={body} sandbox={sandbox} title="The mail as it looks" />}
        <details open={!body}>
          <summary>Its text</summary>
          <p class="as-text">{text}</p>
        </details>
        {headers.length > 0 && (
          <details>
            <summary>Its headers</summary>
            <p class="as-text">{headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}</p>
          </details>
        )}
      </>
    ),
  };
}
