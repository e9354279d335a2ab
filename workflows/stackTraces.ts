/**
 * The SDK takes a stack trace for every promise that a workflow makes, to answer the query `__stack_trace`: measured, a quarter of
 * what a program costs its worker. It asks each promise for the globals of its workflow, by compiling a function with the
 * constructor of its constructor. Here it is given them without compiling anything, and an error that takes no trace, after which it keeps
 * none. Errors of programs have their traces. Where a later SDK asks in another way, nothing changes but that cost.
 *
 * Loaded before the SDK freezes what all programs share.
 */
class Traceless {}

/** What the SDK asks for (`lib/workflow/vm-shared.js` of `@temporalio/worker` 1.24), and what it gets. */
const asked = new Map<string, () => unknown>([
  [
    'return globalThis.__TEMPORAL_ACTIVATOR__',
    () => (globalThis as { __TEMPORAL_ACTIVATOR__?: unknown }).__TEMPORAL_ACTIVATOR__,
  ],
  ['return globalThis.Error', () => Traceless],
]);

const { constructor: compile } = Promise;

Object.defineProperty(Promise, 'constructor', {
  value: (body: string, ...rest: string[]) => asked.get(body) ?? compile(body, ...rest),
});
