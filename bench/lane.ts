import type { Api } from './api.ts';
import type { Prepared } from './programs.ts';

/** What is submitted, and said about it, in the benchmarks. */
export const note = 'Signed by the head of engineering; the record of the review is linked.';
const links = ['https://files.example.org/evidence/policy-7.pdf'];

/**
 * What people do in one program, over and over: evidence is submitted by one and rejected by the other, task by task,
 * so that the program stays as it is.
 */
export class Lane {
  private readonly program: Prepared;
  private readonly people: { manager: Api; owner: Api };
  private done = 0;

  constructor(program: Prepared, people: { manager: Api; owner: Api }) {
    this.program = program;
    this.people = people;
  }

  /** One command, answered when it is recorded. */
  async command(): Promise<void> {
    const { id, tasks } = this.program;
    const taskId = tasks[Math.floor(this.done / 2) % tasks.length];
    if (this.done++ % 2 === 0) {
      await this.people.owner.call('POST', `/programs/${id}/tasks/${taskId}/evidence`, { links, note });
    } else {
      await this.people.manager.call('POST', `/programs/${id}/tasks/${taskId}/review`, { verdict: 'reject', note });
    }
  }

  /** Many commands in one call; gives how many, once all were recorded. */
  async commands(size: number): Promise<number> {
    const handIn = this.done++ % 2 === 0;
    const commands = this.program.tasks
      .slice(0, size)
      .map((taskId) =>
        handIn
          ? { type: 'submitEvidence', taskId, links, note }
          : { type: 'reviewEvidence', taskId, verdict: 'reject', note },
      );
    const by = handIn ? this.people.owner : this.people.manager;
    const path = `/programs/${this.program.id}/commands`;
    const { results } = await by.call<{ results: { ok: boolean }[] }>('POST', path, { commands });
    const recorded = results.filter(({ ok }) => ok).length;
    if (recorded !== size) throw new Error(`${path} recorded ${recorded} of ${size} commands.`);
    return recorded;
  }
}
