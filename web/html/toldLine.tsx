import type { ComponentChildren } from 'preact';
import type { IsoDate } from '../../domain/basics.ts';
import { isRealDate } from '../../domain/calendar.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import { capitalized } from '../../words/phrases.ts';
import { told } from '../../words/records/index.ts';
import { Day } from './parts.tsx';

/** Who reads a line: the day on which they do, and what people are called to them. */
interface LineReader {
  today: IsoDate;
  nameOf(email: string): string;
}

interface ToldLineProps {
  record: ProgramRecord;
  reader: LineReader;
  /** The page of a task, an audit or a finding, where the reader sees it. */
  hrefOf?: (id: string) => string | undefined;
}

/** What a line names: an address, a day, or a task, an audit or a finding by its id. */
const named = /([^\s,;:()"“”]+@[^\s,;:()"“”]+[^\s,;:()"“”.])|\b(\d{4}-\d{2}-\d{2})\b|\b([TAF]-\d+)\b/g;

/** A record in a line: people by their names, and days as people say them. */
export function ToldLine({ record, reader, hrefOf }: ToldLineProps) {
  const line = told(record);
  // An address stands as the name of its person, who is written as they are.
  const text = /^\S+@/.test(line) ? line : capitalized(line);
  const shown = ([whole, email, on, id]: RegExpMatchArray): ComponentChildren => {
    if (email) return reader.nameOf(email);
    if (on) return isRealDate(on) ? <Day on={on as IsoDate} today={reader.today} near={false} /> : whole;
    const href = id && hrefOf?.(id);
    return href ? <a href={href}>{whole}</a> : whole;
  };
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const match of text.matchAll(named)) {
    parts.push(text.slice(from, match.index), shown(match));
    from = match.index + match[0].length;
  }
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  );
}
