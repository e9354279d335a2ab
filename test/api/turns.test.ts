import { expect, test } from 'vitest';
import type { Problem } from '../../api/problem.ts';
import { createTurns } from '../../api/turns.ts';

/** Work that ends when it is told to. */
function work() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { run: () => ended, end };
}

test('work of one key takes turns, that of another does not wait for it', async () => {
  const inTurn = createTurns(1);
  const order: string[] = [];
  const first = work();
  const done = [
    inTurn('a', async () => {
      await first.run();
      order.push('a1');
    }),
    inTurn('a', async () => order.push('a2')),
  ];
  await inTurn('b', async () => order.push('b1'));
  first.end();
  await Promise.all(done);

  expect(order).toEqual(['b1', 'a1', 'a2']);
});

test('work that fails makes way for the next', async () => {
  const inTurn = createTurns(1);
  const failed = inTurn('a', () => Promise.reject(new Error('no')));
  const next = inTurn('a', async () => 'done');

  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('done');
});

test('more than 500 that wait are told to come again', async () => {
  const inTurn = createTurns(8);
  const first = work();
  const running = Array.from({ length: 508 }, () => inTurn('a', first.run));
  await Promise.resolve();
  const oneMore = await inTurn('a', first.run).catch((error: Problem) => error);
  first.end();
  await Promise.all(running);

  expect(oneMore).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
  expect(await inTurn('a', async () => 'again')).toBe('again');
});
