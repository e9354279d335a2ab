import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { asProblem } from '../../api/problem.ts';
import { notUtf8 } from '../../api/utf8.ts';
import type { FileRef } from '../../domain/registry/fields.ts';
import type { FormError } from './fields.tsx';
import { refText } from './fileRefs.ts';
import { Form } from './form.ts';
import { partsOf } from './parts.ts';

/** Stores one file that came with a form. */
export type Receive = (file: MultipartFile) => Promise<FileRef>;

/** A form, and what was wrong with its files. */
export interface Received {
  form: Form;
  errors: FormError[];
}

const uploads = '_upload:';

/**
 * Reads a form that may carry files. Each is stored as it comes in, and stands in the form as its reference from then on, so
 * that nobody sends it again when something else has to be changed.
 *
 * @param mayStore throws before the first file is stored when the form is not one of ours, and says whether files are stored at all
 */
export async function readForm(
  request: FastifyRequest,
  receive: Receive,
  mayStore: (form: Form) => boolean,
): Promise<Received> {
  if (!request.isMultipart()) {
    const form = Form.of(request.body);
    mayStore(form);
    return { form, errors: [] };
  }
  const fields = new Map<string, string[]>();
  const errors: FormError[] = [];
  const add = (name: string, value: string) => fields.set(name, [...(fields.get(name) ?? []), value]);
  let stores: boolean | undefined;
  for await (const part of partsOf(request)) {
    if (part.type === 'field') {
      const value = String(part.value ?? '');
      // What stands for bytes that are no text.
      if (value.includes('\ufffd')) throw notUtf8(part.fieldname);
      add(part.fieldname, value);
      continue;
    }
    // A page that has a field for files sends it empty when none was chosen.
    if (!part.filename || !part.fieldname.startsWith(uploads)) {
      part.file.resume();
      continue;
    }
    stores ??= mayStore(new Form(fields));
    if (!stores) {
      part.file.resume();
      continue;
    }
    const field = part.fieldname.slice(uploads.length);
    const stored = await receive(part).catch((error: unknown) => {
      part.file.resume();
      const problem = asProblem(error);
      if (!problem) throw error;
      return { field, detail: `${part.filename}: ${problem.message}` };
    });
    if ('sha256' in stored) add(field, refText(stored));
    else errors.push(stored);
  }
  const form = new Form(fields);
  if (stores === undefined) mayStore(form);
  return { form, errors };
}
