#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { packageRoot } from '../config/packageRoot.ts';
import { describeSettings } from '../config/settings.ts';
import { backupCommand } from './backup.ts';
import { apiCommand, workerCommand } from './processes.ts';
import { migrateCommand, rebuildCommand, verifyCommand } from './register.ts';
import { restoreCommand } from './restore.ts';
import { startCommand } from './start.ts';
import { tokenCommand, tokenListCommand, tokenRevokeCommand } from './token.ts';
import { upgradeCommand } from './upgrade.ts';

const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };

const program = new Command('certloop')
  .description('Runs ISO/IEC 42001 certification programs, from the gap assessment to the n-th recertification.')
  .version(version)
  .showHelpAfterError();

program
  .command('start')
  .description('run everything on this machine: Temporal, database, mailbox, worker and API')
  .action(startCommand);

program
  .command('rehearse')
  .description('play four years of the TechServe example in seconds, through the HTTP API')
  .option('--url <url>', 'a running Certloop; without it one is started and stopped again')
  .option('--token <token>', "its administrator's token")
  .option('--starts-on <date>', 'first day of the program; the first Monday of next January when left out')
  .action(async (options: { url?: string; token?: string; startsOn?: string }) => {
    const { rehearseCommand } = await import('./rehearse.ts');
    await rehearseCommand(options);
  });

program.command('api').description('run the HTTP API alone').action(apiCommand);
program.command('worker').description('run a worker and a courier alone').action(workerCommand);
program.command('migrate').description('bring the database to the present form').action(migrateCommand);

program
  .command('verify')
  .description('check the chain of hashes of all programs, or of those named')
  .argument('[programs...]', 'ids of programs')
  .action(verifyCommand);

program
  .command('rebuild')
  .description('rebuild the read tables from the records')
  .argument('[programs...]', 'ids of programs')
  .action(rebuildCommand);

program
  .command('backup')
  .description('copy the register while everything runs, and check the chains of the copy (SQLite)')
  .argument('<folder-or-file>', 'a folder, for a file named by the moment, or a file that is not there yet')
  .action(backupCommand);

program
  .command('restore')
  .description('start all open programs again on an empty Temporal service, from the register alone')
  .action(restoreCommand);

program
  .command('upgrade')
  .description('move all open programs to the version of the workers in CERTLOOP_BUILD_ID')
  .action(upgradeCommand);

const token = program
  .command('token')
  .description('make a bearer token for a person; it is shown once')
  .option('--email <email>', 'who it is for')
  .option('--name <name>', 'their name')
  .option('--expires-on <date>', 'last day, YYYY-MM-DD')
  .option('--role <role>', 'administrator or operations: a role in the installation')
  .action(tokenCommand);

token.command('list').description('list all tokens, without their secrets').action(tokenListCommand);
token
  .command('revoke')
  .description('revoke tokens, by the ids that the list shows')
  .argument('<ids...>', 'ids of tokens')
  .action(tokenRevokeCommand);

program
  .command('settings')
  .description('list all settings with their defaults')
  .action(() => {
    for (const { name, default: standard, meaning } of describeSettings()) {
      console.log(`${name}${standard === '' ? '' : ` = ${standard}`}\n    ${meaning}`);
    }
  });

try {
  await program.parseAsync();
  // A worker that was ended by force leaves threads behind that would keep the process alive.
  process.exit();
} catch (error) {
  // Errors that people can do something about say so themselves; the stack is for those who ask for it.
  console.error(process.env.CERTLOOP_LOG_LEVEL === 'debug' ? error : error instanceof Error ? error.message : error);
  // Temporal's native runtime would keep a process alive that failed before it had a worker to stop.
  process.exit(1);
}
