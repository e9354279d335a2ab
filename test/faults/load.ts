import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Prepared } from '../../bench/programs.ts';
import type { Answer } from '../../domain/answers.ts';

/** A command that was acknowledged: what it said, and what the answer said of it. */
export interface Acknowledged {
  programId: string;
  type: 'EvidenceSubmitted' | 'EvidenceRejected' | 'ComplaintReceived';
  /** What no other command says. */
  text: string;
  answer: Pick<Answer, 'commandId' | 'firstSeq' | 'lastSeq'>;
}

/** What the lanes share. */
export interface LoadOptions {
  /** The APIs that requests are sent to, in turn. */
  urls: readonly string[];
  tokens: { manager: string; owner: string };
  programs: Prepared[];
  /** Whether it was enough, by the number of commands begun. */
  isEnough: (begun: number) => boolean;
  /** Takes what was answered when it was not an acknowledgement. */
  log: (line: string) => void;
  /** Milliseconds of rest of a lane after a command. */
  restMs: number;
}

export interface Load {
  /** Everything that was acknowledged by now. */
  acknowledged: Acknowledged[];
  /** How many requests got no answer, or one that says to ask again. */
  repeated: () => number;
  /** Settles when enough was acknowledged; rejects when one was refused, or got no answer for too long. */
  done: Promise<void>;
  /** Sends some requests again with their keys, of all that were acknowledged; gives those now answered otherwise. */
  answeredOtherwise(): Promise<string[]>;
  /** Ends the load early; settles when no request is under way. */
  stop(): Promise<void>;
}

const lanesEach = 2;
const complaintEvery = 20;
const askedAgain = 50;
const requestTimeoutMs = 45_000;
/** A command that is asked for as long as this without an answer is a defect, whatever is killed meanwhile. */
const patienceMs = 240_000;

/** Two lanes for each program, each on tasks of its own, one command after the other. */
export function startLoad(options: LoadOptions): Load {
  const acknowledged: Acknowledged[] = [];
  const stopping = new AbortController();
  const { signal } = stopping;
  setMaxListeners(0, signal);
  const requests: [Asked, key: string][] = [];
  let begun = 0;
  let repeated = 0;
  let sent = 0;

  async function run(program: Prepared, tasks: string[]): Promise<void> {
    for (let step = 0; !signal.aborted && !options.isEnough(begun); ) {
      const number = ++begun;
      const text = `Command ${number}, ${randomUUID()}`;
      const asked = number % complaintEvery === 0 ? complaint(text) : evidence(tasks, step++, text);
      const key = randomUUID();
      const answer = await untilAcknowledged(program.id, asked, key);
      acknowledged.push({ programId: program.id, type: asked.type, text, answer });
      requests.push([asked, key]);
      await sleep(options.restMs, undefined, { signal });
    }
  }

  /** The same request with the same key, as often as it takes. */
  async function untilAcknowledged(programId: string, asked: Asked, key: string): Promise<Acknowledged['answer']> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const { ok, status, body } = await send(programId, asked, key);
      if (ok) {
        const { commandId, firstSeq, lastSeq } = body as Answer;
        return { commandId, firstSeq, lastSeq };
      }
      const isRefused = status >= 400 && status < 500 && status !== 429;
      if (isRefused || Date.now() > deadline) {
        const what = isRefused ? 'was refused' : 'was not acknowledged in time; the last answer was';
        throw new Error(`${asked.path} of ${programId} ${what}: ${status} ${JSON.stringify(body)}`);
      }
      repeated++;
      options.log(`${asked.path} of ${programId}: ${status} ${JSON.stringify(body)}`);
      await sleep(200 + 400 * Math.random(), undefined, { signal });
    }
  }

  /** A request without an answer has status 0. */
  async function send(programId: string, { path, by, body }: Asked, key: string) {
    const url = options.urls[sent++ % options.urls.length];
    try {
      const response = await fetch(`${url}/v1/programs/${programId}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${options.tokens[by]}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(requestTimeoutMs),
      });
      return { ok: response.ok, status: response.status, body: (await response.json()) as unknown };
    } catch (error) {
      return { ok: false, status: 0, body: String(error) };
    }
  }

  const lanes = options.programs.flatMap((program) =>
    Array.from({ length: lanesEach }, (_, lane) =>
      run(
        program,
        program.tasks.filter((_task, index) => index % lanesEach === lane),
      ),
    ),
  );
  const done = Promise.all(lanes).then(() => undefined);
  return {
    acknowledged,
    repeated: () => repeated,
    done,
    async answeredOtherwise() {
      const others: string[] = [];
      const step = Math.ceil(requests.length / askedAgain);
      for (let index = 0; index < requests.length; index += step) {
        const { programId, text, answer } = acknowledged[index]!;
        const again = await untilAcknowledged(programId, ...requests[index]!);
        if (!isDeepStrictEqual(again, answer)) others.push(`${text}: ${JSON.stringify({ answer, again })}`);
      }
      return others;
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(lanes);
    },
  };
}

interface Asked {
  type: Acknowledged['type'];
  path: string;
  by: 'manager' | 'owner';
  body: object;
}

/** Handed in by the owner, sent back by the manager, task by task. */
function evidence(tasks: string[], step: number, note: string): Asked {
  const path = `/tasks/${tasks[Math.floor(step / 2) % tasks.length]}`;
  const links = ['https://files.example.org/evidence/policy-7.pdf'];
  return step % 2 === 0
    ? { type: 'EvidenceSubmitted', path: `${path}/evidence`, by: 'owner', body: { links, note } }
    : { type: 'EvidenceRejected', path: `${path}/review`, by: 'manager', body: { verdict: 'reject', note } };
}

/** A complaint of yesterday: those who steer the program get a mail at once, and no evidence is sent back for it. */
function complaint(description: string): Asked {
  const receivedOn = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  return {
    type: 'ComplaintReceived',
    path: '/complaints',
    by: 'manager',
    body: { receivedOn, from: 'A customer', description },
  };
}
