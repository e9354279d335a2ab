import { expect, test } from 'vitest';
import { Metrics } from '../../operations/metrics.ts';

const about = { part: 'test', version: '1.2.3', buildId: 'green' };

test('a look that fails or hangs is counted, and costs no other gauge its value', async () => {
  const metrics = new Metrics(about);
  let looks = 0;
  let answer: (value: number) => void = () => undefined;
  metrics.gauge({ name: 'certloop_sound', help: 'Sound.', read: () => 7 });
  metrics.gauge({ name: 'certloop_broken', help: 'Broken.', read: () => Promise.reject(new Error('Gone')) });
  metrics.gauge({
    name: 'certloop_by_kind',
    help: 'By kind.',
    label: 'kind',
    read: () => Promise.reject(new Error('Gone')),
  });
  metrics.gauge({
    name: 'certloop_hanging',
    help: 'Hangs.',
    read: () => {
      looks++;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  });
  await Promise.all([metrics.text(), metrics.text()]);
  const told = await metrics.text();

  expect(told).toMatch(/^certloop_sound 7$/m);
  expect(told).not.toMatch(/^certloop_(broken|by_kind|hanging)[ {]/m);
  for (const collector of ['broken', 'by_kind', 'hanging'])
    expect(told).toMatch(
      new RegExp(`^certloop_collector_failures_total\\{collector="certloop_${collector}"\\} [23]$`, 'm'),
    );
  expect(told).toMatch(/^certloop_collector_failures_total\{collector="certloop_sound"\} 0$/m);
  expect(looks, 'a look under way is waited for, not begun again').toBe(1);

  answer(3);
  await expect.poll(() => metrics.text()).toMatch(/^certloop_(hanging) /m);
});

test('values of a label that are no more leave the gauge', async () => {
  const metrics = new Metrics(about);
  const phases = new Map([
    ['one', 1],
    ['two', 2],
  ]);
  metrics.gauge({ name: 'certloop_by_phase', help: 'By phase.', label: 'phase', read: () => phases });
  expect(await metrics.text()).toContain('certloop_by_phase{phase="two"} 2');
  phases.delete('two');
  expect(await metrics.text()).not.toContain('phase="two"');
});

test('what others say is added, and what runs is named', async () => {
  const metrics = new Metrics(about);
  const told = await metrics.text([async () => '# theirs\ntheirs_total 4\n', () => Promise.reject(new Error('Gone'))]);
  expect(told).toMatch(/^theirs_total 4$/m);
  expect(told).toMatch(/^certloop_build_info\{part="test",version="1.2.3",build_id="green",node="v\d+[^"]*"\} 1$/m);
  expect(told).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
});
