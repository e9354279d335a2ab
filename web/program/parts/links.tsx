import { Icon } from '../../html/icons.tsx';

/** One of several views of a list. */
export interface View {
  label: string;
  href: string;
  current: boolean;
  /** How many; a text where they are not counted to the end. */
  count?: number | string;
}

/** The views of a list, as links that can be bookmarked. */
export function Views({ label, views }: { label: string; views: readonly View[] }) {
  return (
    <nav class="views" aria-label={label}>
      <ul>
        {views.map(({ label: text, href, current, count }) => (
          <li key={text}>
            <a href={href} aria-current={current ? 'true' : undefined}>
              {text}
              {count !== undefined && <span class="quiet"> {count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** To the next page of a list, where there is one. */
export function More({ href, children }: { href: string | undefined; children: string }) {
  if (!href) return null;
  return (
    <p class="row">
      <a class="button" href={href}>
        {children}
      </a>
    </p>
  );
}

/** Back to where a page belongs. */
export function Back({ href, children }: { href: string; children: string }) {
  return (
    <p class="back">
      <a href={href}>
        <Icon name="back" /> {children}
      </a>
    </p>
  );
}

/** An address with a query; what is undefined is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return entries.length > 0 ? `${path}?${new URLSearchParams(entries)}` : path;
}
