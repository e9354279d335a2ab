import { expect, test } from 'vitest';
import { askedIn, learn, lostIn, shownIn, type Told, wrongWith } from './support/promql.ts';

const told: Told = new Map();
learn(
  told,
  [
    '# TYPE certloop_mails gauge',
    'certloop_mails{state="due"} 0',
    'certloop_mails{state="failed"} 2',
    'certloop_append_duration_seconds_bucket{le="0.5",outcome="appended"} 1e+3',
    'certloop_programs_late 0',
  ].join('\n'),
);

const wrong = (expression: string, shown: string[] = []) =>
  askedIn(expression, shown).flatMap((asked) => wrongWith(asked, told) ?? []);

test.each([
  ['max(certloop_mails{state="failed"}) > 0'],
  ['max by (state, instance) (certloop_mails{job="certloop"})'],
  ['sum by (le) (rate(certloop_append_duration_seconds_bucket{outcome=~"failed|appended"}[5m]))'],
  ['up{job=~"certloop_x.*"} == 0'],
])('%s asks for what is told', (expression) => expect(wrong(expression)).toEqual([]));

test.each([
  ['max(certloop_mail{state="failed"}) > 0', 'Nobody tells certloop_mail.'],
  ['sum(rate(certloop_append_duration_seconds_count[5m]))', 'Nobody tells certloop_append_duration_seconds_count.'],
  ['max(certloop_mails{state="given up"})', 'certloop_mails never has state = "given up".'],
  ['max(certloop_mails{state=~"fail"})', 'certloop_mails never has state =~ "fail".'],
  ['max by (kind) (certloop_mails)', 'certloop_mails has no label kind.'],
  ['max(certloop_programs_late) + sum by (le, state) (certloop_mails)', 'certloop_mails has no label le.'],
])('%s asks for what nobody tells', (expression, fault) => expect(wrong(expression)).toEqual([fault]));

test('a text can show only labels that there are', () => {
  expect(shownIn('{{ $labels.instance }} waits for {{ $value | humanizeDuration }}')).toEqual(['instance']);
  expect(wrong('certloop_mails', shownIn('{{instance}} {{phase}}'))).toEqual(['certloop_mails has no label phase.']);
});

test('a text shows no label that is summed over', () => {
  expect(lostIn('max by (state, instance) (certloop_mails)', ['instance', 'state'])).toEqual([]);
  expect(lostIn('topk(10, sum by (state) (certloop_mails))', ['state', 'instance'])).toEqual(['instance']);
  expect(lostIn('certloop_mails', ['instance'])).toEqual([]);
});
