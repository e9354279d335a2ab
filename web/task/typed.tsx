import { refsOf } from '../forms/fileRefs.ts';
import { Form } from '../forms/form.ts';
import { Notice, Quote } from '../html/parts.tsx';

/** What somebody filled in, in lines to be copied: their words, and the names of their files. What a button says was not typed. */
export function wordsOf(form: Form): string {
  const { verdict: _, files: __, ...texts } = form.typed();
  const names = refsOf(form, 'files').map(({ name }) => name);
  return [...Object.values(texts).flat(), ...names].filter((text) => text.trim() !== '').join('\n');
}

/** What somebody saved and did not submit, as `wordsOf`. */
export function wordsOfDraft(draft: { fields: Record<string, string[]> } | undefined): string {
  return draft ? wordsOf(new Form(Object.entries(draft.fields))) : '';
}

/** What was typed and cannot be sent anymore, so that it is not lost. */
export function TypedWords({ words, title }: { words: string | undefined; title: string }) {
  if (!words) return null;
  return (
    <Notice tone="plain" title={title}>
      <Quote>{words}</Quote>
    </Notice>
  );
}
