import { expect, it } from 'vitest';
import { sizeOfState } from '../../domain/carried/size.ts';
import { busyCycle } from './busy.ts';
import { certified } from './journey.ts';

/** What Temporal takes at once. */
const most = 2 * 1_024 * 1_024;

it('a busy program never comes to a quarter of what can be carried in ten cycles, and carries no more in the last than before', {
  timeout: 300_000,
}, () => {
  const driver = certified('2030-05-01');
  let largest = 0;
  driver.watch = ({ after }) => {
    largest = Math.max(largest, sizeOfState(after));
  };
  const carried = Array.from({ length: 10 }, () => {
    busyCycle(driver);
    return sizeOfState(driver.state);
  });
  expect(largest).toBeLessThan(most / 4);
  expect(Math.max(...carried.slice(-3))).toBeLessThan(1.1 * carried.at(-4)!);
  expect(driver.certificate.cycle).toBe(11);
});
