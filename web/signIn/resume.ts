import { localPath } from '../localPath.ts';
import type { Resumed } from './pages.tsx';

/** A form that was sent while nobody was signed in, as its page carried it along; undefined when it is none. */
export function resumedOf(text: string | undefined): Resumed | undefined {
  if (!text) return undefined;
  try {
    const { url, fields } = JSON.parse(text) as Resumed;
    if (typeof url !== 'string' || localPath(url) !== url || typeof fields !== 'object') return undefined;
    const entries = Object.entries(fields).map(([name, values]) => [name, [values].flat().map(String)] as const);
    return { url, fields: Object.fromEntries(entries) };
  } catch {
    return undefined;
  }
}
