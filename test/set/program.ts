/** A program as somebody starts it over HTTP. */
export const program = {
  id: 'aims',
  name: 'AIMS certification',
  organization: 'Example Ltd',
  standard: 'iso-42001-2023',
  scope: { statement: 'Customer-facing AI products' },
  aiSystems: [{ id: 'ranker', name: 'Ranker', role: 'provider', risk: 'high' }],
  people: [
    { email: 'ada@example.com', name: 'Ada', roles: ['programManager'] },
    { email: 'sam@example.com', name: 'Sam', roles: ['sponsor', 'topManagement'] },
    { email: 'kim@example.com', name: 'Kim', roles: ['owner'] },
  ],
  plan: { startsOn: '2030-01-07' },
  calendar: { timeZone: 'Europe/Berlin', country: 'DE' },
  certificationBody: { name: 'Example Certification' },
};
