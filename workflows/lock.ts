/**
 * Lets one at a time through, in the order of arrival. Whoever finds it free gets it at once: the SDK takes a stack
 * trace for every promise that a workflow makes, and a library's mutex makes a dozen for every command.
 */
export class Lock {
  private taken = false;
  private readonly waiting: (() => void)[] = [];

  /** Does something while nobody else does. */
  async whileHeld<T>(work: () => Promise<T>): Promise<T> {
    if (this.taken) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.taken = true;
    try {
      return await work();
    } finally {
      // Handed on without being free in between, or somebody new would come before who waits.
      const next = this.waiting.shift();
      if (next) next();
      else this.taken = false;
    }
  }
}
