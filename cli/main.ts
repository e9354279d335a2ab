#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { packageRoot } from '../config/packageRoot.ts';
import { describeSettings, settingsWarnings } from '../config/settings.ts';

// What is written is for the user of this process alone, whatever the shell allows.
process.umask(0o077);

const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };

const program = new Command('certloop')
  .description('Runs ISO/IEC 42001 certification programs, from the gap assessment to the n-th recertification.')
  .version(version)
  .showHelpAfterError()
  .hook('preAction', (_program, command) => {
    // These two log, in lines that are read by machines.
    if (['api', 'worker'].includes(command.name())) return;
    for (const warning of settingsWarnings(process.env)) console.error(warning);
  });

program
  .command('start')
  .description('run everything on this machine: Temporal, database, mailbox, worker and API')
  .action(only(async () => (await import('./start.ts')).startCommand));

program
  .command('rehearse')
  .description('play four years of the TechServe example in seconds, through the HTTP API')
  .option('--url <url>', 'a running Certloop; without it one is started and stopped again')
  .option('--token <token>', "its administrator's token")
  .option('--starts-on <date>', 'first day of the program; the first Monday of next January when left out')
  .action(only(async () => (await import('./rehearse.ts')).rehearseCommand));

program
  .command('api')
  .description('run the HTTP API alone')
  .action(only(async () => (await import('./api.ts')).apiCommand));
program
  .command('worker')
  .description('run a worker and a courier alone')
  .action(only(async () => (await import('./worker.ts')).workerCommand));
program
  .command('migrate')
  .description('bring the database to the present form')
  .action(only(async () => (await import('./register.ts')).migrateCommand));

program
  .command('verify')
  .description(
    'check chains, read tables and files of all programs, or of those named; with checkpoints, that none was replaced',
  )
  .argument('[programs...]', 'ids of programs')
  .option('--against <place>', 'checkpoints to compare the register with: a file, a folder, or s3://bucket/prefix')
  .option('--key <key...>', "the public keys by which they are known; the installation's own when left out")
  .action(only(async () => (await import('./register.ts')).verifyCommand));

program
  .command('checkpoint')
  .description('sign where all chains end now, and write it where CERTLOOP_CHECKPOINTS_URL says')
  .option(
    '--accept <reason>',
    'go on although the register no longer holds what the checkpoint before says, for a reason',
  )
  .action(only(async () => (await import('./checkpoint.ts')).checkpointCommand));

program
  .command('rebuild')
  .description('rebuild the read tables from the records')
  .argument('[programs...]', 'ids of programs')
  .action(only(async () => (await import('./register.ts')).rebuildCommand));

program
  .command('backup')
  .description('copy the register and its files while everything runs, and check the copy (SQLite)')
  .argument('<folder-or-file>', 'a folder, for a file named by the moment, or a file that is not there yet')
  .action(only(async () => (await import('./backup.ts')).backupCommand));

program
  .command('restore')
  .description('start all open programs again on an empty Temporal service, from the register alone')
  .action(only(async () => (await import('./restore.ts')).restoreCommand));

program
  .command('upgrade')
  .description('move all open programs to the version of the workers in CERTLOOP_BUILD_ID')
  .action(only(async () => (await import('./upgrade.ts')).upgradeCommand));

program
  .command('sign-in')
  .description('print a link that signs somebody in, once')
  .argument('<email>', 'of somebody with an account or a part in a program')
  .action(only(async () => (await import('./signIn.ts')).signInCommand));

program
  .command('test-mail')
  .description('send one mail by the mail server of the settings, and say what it answered')
  .argument('[email]', 'to whom; without it the server is reached and signed in to, and no mail is sent')
  .action(only(async () => (await import('./testMail.ts')).testMailCommand));

program
  .command('codec-server')
  .description('let the Temporal UI on this machine read what CERTLOOP_ENCRYPTION_KEYS_FILE encrypts')
  .option('--port <port>', 'where it listens; any free one when left out')
  .option('--origin <urls...>', 'addresses of the Temporal UI', ['http://localhost:8233', 'http://127.0.0.1:8233'])
  .action(only(async () => (await import('./codecServer.ts')).codecServerCommand));

const token = program
  .command('token')
  .description('make a bearer token for a person; it is shown once')
  .option('--email <email>', 'who it is for')
  .option('--name <name>', 'their name')
  .option('--program <id>', 'the one program that it is for; all of theirs when left out')
  .option('--read-only', 'it reads and changes nothing')
  .option('--expires-on <date>', 'last day, YYYY-MM-DD')
  .option('--role <role>', 'administrator or operations: a role in the installation')
  .action(only(async () => (await import('./token.ts')).tokenCommand));

token
  .command('list')
  .description('list all tokens, without their secrets')
  .action(only(async () => (await import('./token.ts')).tokenListCommand));
token
  .command('revoke')
  .description('revoke tokens, by the ids that the list shows')
  .argument('<ids...>', 'ids of tokens')
  .action(only(async () => (await import('./token.ts')).tokenRevokeCommand));

program
  .command('settings')
  .description('list all settings with their defaults')
  .action(() => {
    for (const { name, default: standard, meaning } of describeSettings()) {
      console.log(`${name}${standard === '' ? '' : ` = ${standard}`}\n    ${meaning}`);
    }
  });

/** Carries out a command with what that one needs loaded, and nothing of all the others. */
function only<A extends unknown[]>(load: () => Promise<(...given: A) => unknown>): (...given: A) => Promise<void> {
  return async (...given) => {
    const command = await load();
    await command(...given);
  };
}

// What nobody can be told, on a disk that is full or to a reader that went, ends nothing.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

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
