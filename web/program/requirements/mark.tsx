import type { DeclaredShape, EvidenceShape } from './words.tsx';

/** A small square whose filling tells, beside words or a name that say the same. */
export function Mark({ shape, kind }: { shape: DeclaredShape | EvidenceShape; kind: 'declared' | 'evidenced' }) {
  return (
    <svg
      class={`mark ${kind} is-${shape}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      {drawn(shape)}
    </svg>
  );
}

function drawn(shape: DeclaredShape | EvidenceShape) {
  switch (shape) {
    case 'full':
      return <rect class="body" x="2" y="2" width="12" height="12" rx="2" />;
    case 'half':
      return (
        <>
          <path class="body" d="M2 14V4a2 2 0 0 1 2-2h4v12H4a2 2 0 0 1-2-2z" />
          <rect class="edge" x="2" y="2" width="12" height="12" rx="2" />
        </>
      );
    case 'review':
      return (
        <>
          <rect class="edge" x="2" y="2" width="12" height="12" rx="2" />
          <circle class="body" cx="8" cy="8" r="2.500" />
        </>
      );
    case 'over':
      return (
        <>
          <rect class="edge" x="2" y="2" width="12" height="12" rx="2" />
          <path class="edge" d="M5 5l6 6M11 5l-6 6" />
        </>
      );
    case 'out':
      return <path class="edge" d="M4 8h8" />;
    default:
      return <rect class="edge" x="2" y="2" width="12" height="12" rx="2" />;
  }
}
