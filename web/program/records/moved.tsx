import type { MovedView } from '../../../api/views/moved.ts';
import { Day, Empty } from '../../html/parts.tsx';
import { auditName } from '../audits/words.tsx';
import { Table } from '../parts/table.tsx';
import type { ProgramView } from '../reading.ts';

/** What a change of the plan moved, from when to when. */
export function WhatMoved({ moved: { tasks, audits }, view }: { moved: MovedView; view: ProgramView }) {
  const { url, today, sight } = view;
  const seen = [
    ...audits
      .filter(({ auditId }) => sight.audit(auditId))
      .map(({ auditId: id, kind, previousTargetOn: from, targetOn: to }) => ({
        key: id,
        href: `${url}/audits/${id}`,
        name: auditName({ id, kind }),
        from,
        to,
      })),
    ...tasks
      .filter(({ taskId }) => sight.task(taskId))
      .map(({ taskId: id, title, previousDueOn: from, dueOn: to }) => ({
        key: id,
        href: `${url}/tasks/${id}`,
        name: title,
        from,
        to,
      })),
  ];
  return (
    <section aria-labelledby="moved">
      <h2 id="moved">What moved</h2>
      {seen.length > 0 ? (
        <Table
          label="What moved, from when to when"
          columns={[{ label: 'What' }, { label: 'Was due' }, { label: 'Is due' }]}
          rows={seen.map(({ key, href, name, from, to }) => ({
            key,
            cells: [
              <a key="link" class="row-link" href={href}>
                {name}
              </a>,
              <Day key="from" on={from} today={today} near={false} />,
              <Day key="to" on={to} today={today} near={false} />,
            ],
          }))}
        />
      ) : (
        <Empty>No date moved. What is due stays due when it was.</Empty>
      )}
    </section>
  );
}
