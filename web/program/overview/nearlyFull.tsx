import { held } from '../../../domain/carried/bounds.ts';
import { percentOf } from '../../../words/phrases.ts';
import { Notice } from '../../html/parts.tsx';
import type { ProgramView } from '../reading.ts';

/** Says that a program holds nearly all it can, or all, and what makes room. */
export function NearlyFull({ view: { state, sight, url } }: { view: ProgramView }) {
  const { bytes, most, isNear } = held(state);
  if (!isNear || !sight.all('readiness')) return null;
  const isFull = bytes >= most;
  const title = isFull ? 'This program is full' : `This program holds ${percentOf(bytes, most)} of what it can`;
  return (
    <Notice tone={isFull ? 'bad' : 'soon'} title={title}>
      <p>
        {isFull ? 'Nothing' : 'When it is full, nothing'} can be added that its certification can do without. Brief
        evidence, outcomes and findings are taken all the same, and whatever closes work.
      </p>
      <p>
        To make room, waive <a href={`${url}/tasks`}>tasks</a> that nobody needs anymore, retire{' '}
        <a href={`${url}/systems`}>AI systems</a>, remove <a href={`${url}/people`}>people</a> who have left, and keep
        long texts in documents that evidence names.
      </p>
    </Notice>
  );
}
