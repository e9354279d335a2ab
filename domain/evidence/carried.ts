import type { TSchema } from 'typebox';
import type { FileRef } from '../registry/fields.ts';
import type { SchemaNode } from '../registry/walk.ts';
import { type CommandType, commands, type ProgramRecord, records, type UserCommand } from '../registry.ts';

/** Files of a command or a record, and the name of the field in which they are: `evidence.files`. */
export interface Carried {
  field: string;
  files: FileRef[];
}

/** Where in a payload or in data files are: each place the names of fields from the outside in. Not there for what has none. */
const placesInCommands = placesOf(Object.entries(commands).map(([type, { payload }]) => [type, payload]));
const placesInRecords = placesOf(Object.entries(records).map(([type, { data }]) => [type, data]));

/** The types of commands that can carry files. */
export const commandsWithFiles = [...placesInCommands.keys()] as CommandType[];

/** The files that a command names, by the fields in which it does. */
export function carriedBy({ type, ...payload }: UserCommand): Carried[] {
  return carriedAt(placesInCommands.get(type), payload);
}

/** The files that a record names. */
export function filesOf({ type, data }: ProgramRecord): FileRef[] {
  return carriedAt(placesInRecords.get(type), data).flatMap(({ files }) => files);
}

function placesOf(schemas: [type: string, schema: TSchema][]): Map<string, string[][]> {
  return new Map(
    schemas.flatMap(([type, schema]) => {
      const places = [...placesIn(schema)];
      return places.length > 0 ? [[type, places] as const] : [];
    }),
  );
}

function* placesIn({ properties = {} }: SchemaNode): Generator<string[]> {
  for (const [name, inner] of Object.entries(properties)) {
    if (name === 'files') yield [name];
    else for (const place of placesIn(inner)) yield [name, ...place];
  }
}

function carriedAt(places: string[][] = [], value: object): Carried[] {
  return places.flatMap((place) => {
    // The schema at the place is that of files.
    const files = place.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value);
    return files ? [{ field: place.join('.'), files: files as FileRef[] }] : [];
  });
}
