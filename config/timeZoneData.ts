/**
 * What to say of the time-zone data that Node.js came with, or undefined when it is recent enough: governments change their
 * clocks a few times a year, and of a change that the data does not have, hours are wrong.
 *
 * @param version - as `process.versions.tz` has it: the year of its release and a letter, `2025b`; undefined where Node.js uses
 * the data of the system
 */
export function oldTimeZoneData(version: string | undefined, now: Date): string | undefined {
  const year = Number.parseInt(version ?? '', 10);
  if (Number.isNaN(year) || now.getUTCFullYear() - year < 2) return undefined;
  return (
    `The time zones that this Node.js knows are those of ${version}: where clocks were changed since, due moments and mails ` +
    'come at a wrong hour. Install a newer Node.js; programs go on with it as they are.'
  );
}
