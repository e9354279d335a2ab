export * from './adoption.ts';
export * from './answers.ts';
export * from './basics.ts';
export * from './commands.ts';
export * from './notices.ts';
export * from './program.ts';
export * from './records.ts';
export * from './state.ts';
