import type { Address } from '../domain/registry/command.ts';

const methods = {
  create: 'POST',
  act: 'POST',
  replace: 'PUT',
  change: 'PATCH',
  remove: 'DELETE',
} as const satisfies Record<Address['does'], string>;
export type Method = (typeof methods)[Address['does']];

/** The HTTP method of an address. */
export function methodOf({ does }: Address): Method {
  return methods[does];
}

/** The parameters of an address, with the field of the payload that each is. */
export function parametersOf({ path, renamed = {} }: Address): { param: string; field: string }[] {
  const fields = new Map(Object.entries(renamed).map(([field, param]) => [param, field]));
  return [...path.matchAll(/:(\w+)/g)].map(([, param = '']) => ({ param, field: fields.get(param) ?? param }));
}
