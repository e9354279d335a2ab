import { type CommandType, commands, isCommandType } from '../domain/registry.ts';

/** Under which heading the contract of the API shows commands, by the first part of their address. */
const headings = {
  plan: 'Programs',
  calendar: 'Programs',
  scope: 'Programs',
  pause: 'Programs',
  resume: 'Programs',
  cancel: 'Programs',
  people: 'Programs',
  delegations: 'Programs',
  entries: 'Programs',
  'ai-systems': 'AI systems',
  incidents: 'Incidents and complaints',
  'significant-changes': 'Incidents and complaints',
  complaints: 'Incidents and complaints',
  'management-reviews': 'Management reviews',
  'gap-assessment': 'Gap assessment',
  applicability: 'Statement of applicability',
  files: 'Files',
  tasks: 'Tasks',
  audits: 'Audits',
  findings: 'Findings',
  decision: 'Certificate',
  certificate: 'Certificate',
} as const;

export type CommandTag = (typeof headings)[keyof typeof headings];

const known: Record<string, CommandTag | undefined> = headings;

/** The heading of a command. Throws when nothing else has an address that begins like its own, and no heading is given. */
export function tagOf(type: CommandType): CommandTag {
  const { path } = commands[type].address;
  const tag = known[path.split('/')[1] ?? ''];
  if (!tag)
    throw new Error(`The address ${path} of ${type} begins like no other: give it a heading in commandTags.ts.`);
  return tag;
}

/** The commands under a heading, in the order of the registry. */
export function commandsUnder(tag: CommandTag): CommandType[] {
  return Object.keys(commands)
    .filter(isCommandType)
    .filter((type) => tagOf(type) === tag);
}
