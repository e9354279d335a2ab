import type { Client } from '@temporalio/client';
import { versionsAtWork } from '../../operations/serviceGauges.ts';

/** Where a program waits for its work to be done: on which queue, and for workers of which version. */
export interface Place {
  taskQueue: string;
  /** Undefined when workers had none when it was last worked on. */
  version?: string;
}

/** How many programs of a place are waited for in vain, one after the other, until no other of it is. */
const mostInVain = 16;

/**
 * Whether anybody works in the places of programs. It is asked once for all programs of a place, so that hundreds whose workers are
 * gone are not waited for one after the other. A worker that was killed counts as there for 75 seconds.
 */
export class Crews {
  private readonly looks = new Map<string, Promise<boolean>>();
  private readonly inVain = new Map<string, number>();
  private readonly client: Client;
  private readonly now: () => number;

  constructor(client: Client, now: () => number = Date.now) {
    this.client = client;
    this.now = now;
  }

  /** Why no program of a place will answer; undefined when one might. Rejects when the service does not say who works. */
  async whyNot(place: Place): Promise<string | undefined> {
    const key = keyOf(place);
    if ((this.inVain.get(key) ?? 0) >= mostInVain) return 'its workers answer for none of its programs';
    const look = this.looks.get(key) ?? this.isDeserted(place);
    this.looks.set(key, look);
    try {
      return (await look) ? 'no worker of it runs' : undefined;
    } catch (error) {
      this.looks.delete(key);
      throw error;
    }
  }

  /** To be told when a program of a place answered. */
  answered(place: Place): void {
    this.inVain.delete(keyOf(place));
  }

  /** To be told when one did not: its workers may be gone by now. */
  keptSilent(place: Place): void {
    const key = keyOf(place);
    this.inVain.set(key, (this.inVain.get(key) ?? 0) + 1);
    this.looks.delete(key);
  }

  private async isDeserted({ taskQueue, version }: Place): Promise<boolean> {
    const there = await versionsAtWork(this.client, taskQueue, this.now());
    // What is on no version is taken up by whoever is there.
    return version === undefined ? there.size === 0 : !there.has(version);
  }
}

function keyOf({ taskQueue, version }: Place): string {
  return JSON.stringify([taskQueue, version]);
}
