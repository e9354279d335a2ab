import { cast } from '../../examples/techserve/cast.ts';
import type { Told } from './story.ts';

/** A page to be taken: where it is, who looks at it, and when in TechServe's story. */
export interface Shot {
  /** The name of its pictures. */
  name: string;
  /** The address. */
  at: (told: Told) => string;
  /** Who is signed in; nobody when absent. */
  as?: string;
}

/** A provider of OpenID Connect, so that its button and its page are there. */
export const provider = {
  oidcIssuer: 'https://id.techserve.example',
  oidcClientId: 'certloop',
  oidcClientSecret: 'secret',
  oidcName: 'TechServe',
};

const administrator = 'administrator@localhost';

/** Every page. A new one is a line here; `npm run screenshots <name>` takes it alone. */
export const shots: Shot[] = [
  { name: 'sign-in', at: () => '/sign-in' },
  { name: 'not-found', at: () => '/nowhere' },
  { name: 'docs', at: () => '/docs' },
  { name: 'welcome', at: () => '/welcome', as: administrator },
  { name: 'start', at: () => '/programs/new', as: administrator },
  { name: 'take-over', at: () => '/programs/new?under-way', as: administrator },
  { name: 'take-over-certified', at: () => '/programs/new?under-way&phase=surveillanceCycle', as: administrator },
  { name: 'example', at: () => '/example', as: administrator },
  { name: 'programs', at: () => '/programs', as: cast.manager },
  { name: 'inbox', at: () => '/inbox', as: cast.engineering },
  { name: 'inbox-reviewer', at: () => '/inbox', as: cast.consultant },
  { name: 'program', at: ({ implementing }) => `/programs/${implementing.id}`, as: cast.manager },
  { name: 'program-certified', at: ({ certified }) => `/programs/${certified.id}`, as: cast.manager },
  { name: 'program-owner', at: ({ implementing }) => `/programs/${implementing.id}`, as: cast.engineering },
  { name: 'tasks', at: ({ implementing }) => `/programs/${implementing.id}/tasks`, as: cast.manager },
  { name: 'requirements', at: ({ implementing }) => `/programs/${implementing.id}/requirements`, as: cast.manager },
  { name: 'requirement', at: ({ certified }) => `/programs/${certified.id}/requirements/6.1.2`, as: cast.manager },
  {
    name: 'applicability',
    at: ({ certified }) => `/programs/${certified.id}/applicability?version=2`,
    as: cast.manager,
  },
  { name: 'answer', at: ({ implementing }) => implementing.answer },
  { name: 'task', at: ({ implementing }) => implementing.open, as: cast.engineering },
  { name: 'review', at: ({ implementing }) => implementing.submitted, as: cast.consultant },
  { name: 'audits', at: ({ certified }) => `/programs/${certified.id}/audits`, as: cast.manager },
  { name: 'findings', at: ({ certified }) => `/programs/${certified.id}/findings`, as: cast.manager },
  { name: 'certificate', at: ({ certified }) => `/programs/${certified.id}/certificate`, as: cast.manager },
  { name: 'records', at: ({ certified }) => `/programs/${certified.id}/records`, as: cast.manager },
  {
    name: 'records-found',
    at: ({ certified }) => `/programs/${certified.id}/records?requirement=6.1.2&from=2020-01-01`,
    as: cast.manager,
  },
  { name: 'reports', at: ({ certified }) => `/programs/${certified.id}/reports`, as: cast.manager },
  { name: 'verified', at: ({ certified }) => `/programs/${certified.id}/records/verify`, as: cast.manager },
  { name: 'record', at: ({ certified }) => `/programs/${certified.id}/records/40`, as: cast.manager },
  { name: 'audit', at: ({ certified }) => `/programs/${certified.id}/audits/A-4`, as: cast.manager },
  { name: 'audit-auditor', at: ({ certified }) => `/programs/${certified.id}/audits/A-4`, as: cast.leadAuditor },
  { name: 'finding', at: ({ certified }) => `/programs/${certified.id}/findings/F-1`, as: cast.manager },
  {
    name: 'enter-withdrawal',
    at: ({ certified }) => `/programs/${certified.id}/do/withdrawCertificate`,
    as: cast.manager,
  },
  { name: 'people', at: ({ implementing }) => `/programs/${implementing.id}/people`, as: cast.manager },
  { name: 'calendar', at: ({ implementing }) => `/programs/${implementing.id}/calendar`, as: cast.manager },
  {
    name: 'change-calendar',
    at: ({ implementing }) => `/programs/${implementing.id}/do/changeCalendar`,
    as: cast.manager,
  },
  { name: 'systems', at: ({ implementing }) => `/programs/${implementing.id}/systems`, as: cast.manager },
  { name: 'open-task', at: ({ implementing }) => `/programs/${implementing.id}/do/openTask`, as: cast.manager },
  {
    name: 'report-incident',
    at: ({ implementing }) => `/programs/${implementing.id}/do/reportIncident`,
    as: cast.manager,
  },
  { name: 'change-plan', at: ({ implementing }) => `/programs/${implementing.id}/do/changePlan`, as: cast.manager },
  { name: 'mails', at: ({ implementing }) => `/programs/${implementing.id}/mails`, as: cast.manager },
  { name: 'mail', at: ({ implementing }) => implementing.mail, as: cast.manager },
  { name: 'inbox-review', at: () => '/inbox/review', as: cast.consultant },
  { name: 'inbox-team', at: () => '/inbox/team', as: cast.manager },
  { name: 'mailbox', at: () => '/mailbox', as: administrator },
  { name: 'installation', at: () => '/installation', as: administrator },
  { name: 'installation-records', at: () => '/installation/records', as: administrator },
  { name: 'account', at: () => `/installation/accounts/${administrator}`, as: administrator },
  { name: 'provider', at: () => '/installation/provider', as: administrator },
  { name: 'settings', at: () => '/settings', as: cast.manager },
  { name: 'passkeys', at: () => '/settings/passkeys', as: cast.manager },
];
