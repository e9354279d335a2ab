import type { ComponentChildren } from 'preact';
import type { Manifest } from '../assets.ts';
import { Icon, type IconName } from './icons.tsx';

/** The places of a program, in the order of its navigation. */
export const places = ['overview', 'tasks', 'requirements', 'audits', 'findings', 'certificate', 'records'] as const;
export type Place = (typeof places)[number];

/** A page: what it is called, where it belongs, and what is on it. */
export interface Page {
  title: string;
  body: ComponentChildren;
  /** The program that it is about, and the place in it. */
  program?: { id: string; name: string; place?: Place };
  /** The place outside of programs. */
  at?: 'programs' | 'inbox' | 'settings' | 'installation' | 'mailbox';
  /** Text is read in one column; tables take the whole width. */
  wide?: boolean;
  /** Seconds after which it is loaded again where scripts are off: it tells of something that goes on. */
  refresh?: number;
}

/** Who looks at a page, as far as its frame is concerned. */
export interface Viewer {
  name: string;
  email: string;
  /** What only some people are offered. */
  administrator: boolean;
  mailbox: boolean;
  /** For the button that signs out. */
  csrf: string;
}

/** A page in its frame: a whole HTML document. Without a viewer it has no navigation, as for who comes by a link. */
export function Document({
  page,
  viewer,
  assets,
  mostBytes,
}: {
  page: Page;
  viewer?: Viewer;
  assets: Manifest;
  /** Of one file that is uploaded. */
  mostBytes: number;
}) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{titleOf(page)}</title>
        {page.refresh && (
          <noscript>
            <meta http-equiv="refresh" content={`${page.refresh}`} />
          </noscript>
        )}
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={`/assets/${assets.style}`} />
        <script type="module" src={`/assets/${assets.main}`} />
      </head>
      <body class={viewer ? 'signed-in' : 'visiting'} data-who={viewer?.email} data-most-bytes={mostBytes}>
        <a class="skip" href="#main">
          Skip to content
        </a>
        {viewer ? <Header viewer={viewer} page={page} /> : <PlainHeader />}
        {page.program && viewer && <ProgramPlaces program={page.program} />}
        <main id="main" class={page.wide ? 'wide' : 'reading'} tabIndex={-1}>
          {page.body}
        </main>
      </body>
    </html>
  );
}

function titleOf({ title, program }: Page): string {
  return program && program.name !== title ? `${title} – ${program.name} – Certloop` : `${title} – Certloop`;
}

function PlainHeader() {
  return (
    <header class="top">
      <span class="brand">
        <Icon name="loop" /> Certloop
      </span>
    </header>
  );
}

function Header({ viewer, page }: { viewer: Viewer; page: Page }) {
  return (
    <header class="top">
      <a class="brand" href="/">
        <Icon name="loop" /> Certloop
      </a>
      <nav class="main-places" aria-label="Certloop">
        <TopLink href="/inbox" icon="inbox" label="Inbox" current={page.at === 'inbox'} />
        <TopLink href="/programs" icon="programs" label="Programs" current={page.at === 'programs'} />
        {viewer.mailbox && <TopLink href="/mailbox" icon="mail" label="Mailbox" current={page.at === 'mailbox'} />}
        {viewer.administrator && (
          <TopLink href="/installation" icon="people" label="Accounts" current={page.at === 'installation'} />
        )}
        <TopLink href="/settings" icon="person" label={viewer.name} current={page.at === 'settings'} />
        <form method="post" action="/sign-out">
          <input type="hidden" name="_csrf" value={viewer.csrf} />
          <button class="plain" type="submit">
            Sign out
          </button>
        </form>
      </nav>
    </header>
  );
}

function TopLink({ href, icon, label, current }: { href: string; icon: IconName; label: string; current: boolean }) {
  return (
    <a href={href} aria-current={current ? 'page' : undefined}>
      <Icon name={icon} /> <span>{label}</span>
    </a>
  );
}

const placeWords: Record<Place, { label: string; icon: IconName }> = {
  overview: { label: 'Overview', icon: 'overview' },
  tasks: { label: 'Tasks', icon: 'tasks' },
  requirements: { label: 'Requirements', icon: 'requirements' },
  audits: { label: 'Audits', icon: 'audits' },
  findings: { label: 'Findings', icon: 'findings' },
  certificate: { label: 'Certificate', icon: 'certificate' },
  records: { label: 'Records', icon: 'records' },
};

function ProgramPlaces({ program }: { program: NonNullable<Page['program']> }) {
  const base = `/programs/${encodeURIComponent(program.id)}`;
  return (
    <nav class="places" aria-label={program.name}>
      <p class="program-name">{program.name}</p>
      <ul>
        {places.map((place) => (
          <li key={place}>
            <a
              href={place === 'overview' ? base : `${base}/${place}`}
              aria-current={program.place === place ? 'page' : undefined}
            >
              <Icon name={placeWords[place].icon} /> <span>{placeWords[place].label}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
