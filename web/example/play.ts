import { now } from '../../api/clock.ts';
import type { Email, Instant, IsoDate } from '../../domain/basics.ts';

/** How far the example has come. */
export interface Told {
  programId?: string;
  /** The heading of the part that is played. */
  chapter?: string;
  /** Of all of it, 0 to 1. */
  done?: number;
  /** The program's date. */
  today?: IsoDate;
}

/** The worked example, as whoever runs the service lets it be played in this installation. */
export interface Example {
  /** Plays it as a rehearsal, and says how far it has come. Resolves after its last day; rejects when it breaks off. */
  play(by: { email: Email; name: string }, tell: (told: Told) => void): Promise<void>;
}

/** The example as it was begun last. */
export interface Played extends Told {
  state: 'playing' | 'played' | 'brokenOff';
  beganAt: Instant;
  endedAt?: Instant;
  /** Why it broke off. */
  reason?: string;
}

export interface Stage {
  /** Undefined when it was not played since the service started. */
  last(): Played | undefined;
  /** Begins it in the background, unless it is being played: two at once would be in each other's way. */
  begin(by: { email: Email; name: string }): void;
}

/** Where the example is played, one at a time. */
export function createStage(example: Example, onFailure: (error: unknown) => void): Stage {
  let last: Played | undefined;
  return {
    last: () => last,
    begin(by) {
      if (last?.state === 'playing') return;
      const played: Played = { state: 'playing', beganAt: now() };
      last = played;
      example
        .play(by, (told) => Object.assign(played, told))
        .then(
          () => Object.assign(played, { state: 'played', done: 1 }),
          (error: unknown) => {
            onFailure(error);
            Object.assign(played, {
              state: 'brokenOff',
              reason: error instanceof Error ? error.message : String(error),
            });
          },
        )
        .finally(() => Object.assign(played, { endedAt: now() }));
    },
  };
}
