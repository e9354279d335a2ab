import type { TSchema } from 'typebox';
import { methodOf, parametersOf } from '../../api/calls.ts';
import { commandsUnder, tagOf } from '../../api/commandTags.ts';
import { type CommandType, commands, isCommandType } from '../../domain/registry.ts';

/** A schema as the JSON that it is, as far as the page tells of it. */
interface SchemaNode {
  type?: string;
  format?: string;
  enum?: unknown[];
  properties?: Record<string, SchemaNode>;
  required?: string[];
  items?: SchemaNode;
  description?: string;
  examples?: unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

/** The page of commands, made from the registry: what each does, its call, who may send it, what it carries. */
export function commandsPage(): string {
  const headings = [...new Set(Object.keys(commands).filter(isCommandType).map(tagOf))];
  return [
    '# Commands',
    '',
    'Made from the code by `npm run docs`; a test fails when it is not up to date. A command is what somebody asks of a',
    'program; its address is below `/v1/programs/{programId}`. The fields that are in the address are not repeated in the body,',
    'and with `DELETE` the others go into the query. `POST …/commands` sends up to 200 commands in one commit, each with all its',
    'fields and with its name as `type`. A command can be sent by people who have one of its roles in the program; rules can',
    'narrow that further. In the examples, the program has the id `p-1`.',
    '',
    ...headings.flatMap((tag) => [`## ${tag}`, '', ...commandsUnder(tag).flatMap(section)]),
  ].join('\n');
}

function section(type: CommandType): string[] {
  const { summary, address, roles } = commands[type];
  const payload: TSchema = commands[type].payload;
  const path = parametersOf(address).reduce((url, { param }) => url.replace(`:${param}`, `{${param}}`), address.path);
  const params = new Map(parametersOf(address).map(({ param, field }) => [field, param]));
  return [
    `### ${type}`,
    '',
    `${summary}.`,
    '',
    `\`${methodOf(address)} …${path}\` by ${roles.map((role) => `\`${role}\``).join(', ')}`,
    '',
    ...tableOf(rows(payload, ''), params),
    '```http',
    ...exampleOf(type),
    '```',
    '',
  ];
}

/** The table of fields; those in the address go by the name that they have there. */
function tableOf(fields: Row[], params: Map<string, string>): string[] {
  if (fields.length === 0) return ['It carries nothing.', ''];
  const lines = fields.map(({ name, kind, required, limits, meaning }) => {
    const param = params.get(name);
    const where = param ? 'in the address' : required ? 'yes' : 'no';
    const renamed = param && param !== name ? `\`${name}\` with \`POST …/commands\`` : meaning;
    return `| \`${param ?? name}\` | ${kind} | ${where} | ${limits} | ${renamed} |`;
  });
  return ['| field | type | required | limits | meaning |', '|---|---|---|---|---|', ...lines, ''];
}

interface Row {
  name: string;
  kind: string;
  required: boolean;
  limits: string;
  meaning: string;
}

/** The fields of an object, each followed by what is in it: `plan`, `plan.startsOn`, `people[].email`. */
function rows({ properties = {}, required = [] }: SchemaNode, at: string): Row[] {
  return Object.entries(properties).flatMap(([field, schema]) => {
    const name = `${at}${field}`;
    const row = {
      name,
      kind: kindOf(schema),
      required: required.includes(field),
      limits: limitsOf(schema),
      meaning: meaningOf(schema),
    };
    const inner = schema.items ? rows(schema.items, `${name}[].`) : rows(schema, `${name}.`);
    return [row, ...inner];
  });
}

function kindOf(schema: SchemaNode): string {
  if (schema.items) return `list: ${kindOf(schema.items)}`;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.format === 'email') return 'e-mail address';
  return schema.format ?? (schema.type === 'string' ? 'text' : (schema.type ?? 'any'));
}

function limitsOf(schema: SchemaNode): string {
  const { items, minLength, maxLength, minimum, maximum, minItems, maxItems } = schema;
  if (items)
    return [range(minItems, maxItems, ' entries'), limitsOf(items)].filter((part) => part !== '').join(', each ');
  return range(minLength, maxLength, ' characters') || range(minimum, maximum, '');
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  if (most === undefined) return least === undefined ? '' : `at least ${least}${unit}`;
  const through = most.toLocaleString('en-US');
  return least === undefined ? `up to ${through}${unit}` : `${least} to ${through}${unit}`;
}

function meaningOf({ description = '', examples = [], items }: SchemaNode): string {
  const said = description || items?.description || '';
  if (examples.length === 0) return said;
  const shown = `for example ${examples.map((one) => `\`${one}\``).join(' or ')}`;
  return said === '' ? `F${shown.slice(1)}` : `${said}; ${shown}`;
}

function exampleOf(type: CommandType): string[] {
  const { address, example } = commands[type];
  const payload: Record<string, unknown> = { ...example.payload };
  const path = parametersOf(address).reduce((url, { param, field }) => {
    const value = String(payload[field]);
    delete payload[field];
    return url.replace(`:${param}`, encodeURIComponent(value));
  }, `/v1/programs/p-1${address.path}`);
  const method = methodOf(address);
  const fields = Object.entries(payload);
  if (fields.length === 0) return [`${method} ${path}`];
  if (method === 'DELETE') {
    const query = fields.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
    return [`${method} ${path}?${query}`];
  }
  return [`${method} ${path}`, '', JSON.stringify(payload, undefined, 2)];
}
