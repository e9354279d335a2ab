/** What of an audit or a decision somebody must be independent of. */
export type Duty = 'bodyAudit' | 'internalAudit' | 'decision' | 'requirements';
