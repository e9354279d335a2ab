import { type Static, type TSchema, Type } from 'typebox';
import Value from 'typebox/value';
import { email, name, strict } from '../../domain/registry/fields.ts';
import { inLowerCase } from '../../domain/registry/walk.ts';
import { brokenTextIn } from '../../domain/text.ts';
import type { FormError } from './fields.tsx';
import type { Form } from './form.ts';

const person = Type.Object({ email, name }, strict);
const asJson: TSchema = person;

/** A name and an address as somebody typed them, or what is wrong with them. */
export function readPerson(form: Form): { person: Static<typeof person> } | { errors: FormError[] } {
  const typed = inLowerCase(asJson, { email: form.get('email'), name: form.get('name') }) as object;
  const errors: FormError[] = [];
  const { name: given } = typed as { name: string };
  if (given === '') errors.push({ field: 'name', label: 'Name', detail: 'Type a name, as others know this person.' });
  else if (!Value.Check(name, given) || brokenTextIn(typed)) {
    errors.push({ field: 'name', label: 'Name', detail: 'Type at most 200 letters on one line.' });
  }
  if (!Value.Check(email, (typed as { email: string }).email)) {
    errors.push({ field: 'email', label: 'E-mail address', detail: 'Type an address such as kim@example.com.' });
  }
  return errors.length > 0 ? { errors } : { person: typed as Static<typeof person> };
}
