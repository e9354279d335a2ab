import type { FileRef } from '../../domain/registry/fields.ts';
import type { Form } from './form.ts';

/** A file as a hidden field of a form carries it. Whether there is such a file is checked when it is used. */
export function refText({ sha256, name, bytes, mediaType }: FileRef): string {
  return JSON.stringify({ sha256, name, bytes, mediaType });
}

/** The files that a form carries under a name; what is no file is left out. */
export function refsOf(form: Form, field: string): FileRef[] {
  const removed = new Set(form.all(`_remove:${field}`));
  const refs = form.all(field).flatMap((text) => {
    const ref = refOf(text);
    return ref && !removed.has(ref.sha256) ? [ref] : [];
  });
  return refs.filter((ref, index) => refs.findIndex(({ sha256 }) => sha256 === ref.sha256) === index);
}

function refOf(text: string): FileRef | undefined {
  try {
    const { sha256, name, bytes, mediaType } = JSON.parse(text);
    const isRef = /^[0-9a-f]{64}$/.test(sha256) && typeof name === 'string' && Number.isInteger(bytes);
    return isRef && typeof mediaType === 'string' ? { sha256, name, bytes, mediaType } : undefined;
  } catch {
    return undefined;
  }
}
