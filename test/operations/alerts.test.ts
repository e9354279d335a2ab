import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../config/packageRoot.ts';
import { findProgram } from '../support/debian.ts';
import { alerts } from './support/pages.ts';

const run = promisify(execFile);
const promtool = await findProgram('promtool', 'prometheus');

interface Case {
  alert_rule_test: { alertname: string; exp_alerts: unknown[] }[];
}

test('each alert has series that fire it, and series that do not', () => {
  const { tests } = parse(readFileSync(join(packageRoot(), 'ops/alerts.test.yaml'), 'utf8')) as { tests: Case[] };
  const cases = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
  const names = (fired: boolean) =>
    new Set(cases.filter(({ exp_alerts }) => exp_alerts.length > 0 === fired).map(({ alertname }) => alertname));
  const all = new Set(alerts().map(({ name }) => name));
  expect(names(true)).toEqual(all);
  expect(names(false)).toEqual(all);
});

test('Prometheus takes the alerts, and they fire over those series and no others', async (context) => {
  if (!promtool)
    return context.skip("There is no promtool on this machine, and Debian's package could not be fetched.");
  const check = (...given: string[]) => run(promtool, given, { cwd: join(packageRoot(), 'ops') });
  expect((await check('check', 'rules', 'alerts.yaml')).stdout).toContain(`${alerts().length} rules found`);
  expect((await check('test', 'rules', 'alerts.test.yaml')).stdout).toContain('SUCCESS');
});
