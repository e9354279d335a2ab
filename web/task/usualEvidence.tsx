import type { ComponentChildren } from 'preact';
import type { Requirement } from '../../domain/standards/index.ts';

/** What usually shows that a requirement is met, folded; nothing where the catalogue has none. */
export function UsualEvidence({ requirement, children }: { requirement: Requirement; children?: ComponentChildren }) {
  if (requirement.usualEvidence.length === 0) return null;
  return (
    <details>
      <summary>What usually shows it</summary>
      <ul>
        {requirement.usualEvidence.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      {children}
    </details>
  );
}
