import type { ComponentChildren } from 'preact';
import type { AdoptablePhase } from '../../domain/adoption/adoption.ts';
import type { FormError } from '../forms/fields.tsx';
import type { Form } from '../forms/form.ts';

/** What the form of a start is made with. */
export interface StartForm {
  form: Form;
  errors: readonly FormError[];
  csrf: string;
  /** Of a program under way, its phase. */
  phase?: AdoptablePhase;
}

/** A part of the form under a heading of its own. */
export function Section({ title, text, children }: { title: string; text?: string; children: ComponentChildren }) {
  return (
    <section class="stack">
      <div>
        <h2>{title}</h2>
        {text && <p>{text}</p>}
      </div>
      {children}
    </section>
  );
}
