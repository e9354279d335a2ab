import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../problem.ts';
import type { Pace } from '../services.ts';
import { answerOnSocket } from './problems.ts';

/** Over the slowest line 100 MiB come in a day; a body that does not come on at all holds its connection for half a minute. */
const usualPace: Pace = { bytes: 32 * 1024, ms: 30_000 };

/** What a request has moved, and when that was last looked at. */
interface Flow {
  request: FastifyRequest;
  reply: FastifyReply;
  seen: number;
  seenAt: number;
}

/**
 * Ends requests whose body does not come on: each holds a connection. How long it takes in all is nobody's fault on a slow line,
 * so that only its pace counts, and only while nothing of it waits for us.
 */
export const slowRequests = fp(
  async (app) => {
    const { bytes, ms } = app.services.settings.pace ?? usualPace;
    const flows = new Map<IncomingMessage, Flow>();

    app.addHook('onRequest', async (request, reply) => {
      const { raw } = request;
      if (!(raw.socket instanceof Socket)) return;
      flows.set(raw, { request, reply, seen: movedBy(raw), seenAt: Date.now() });
      reply.raw.once('close', () => flows.delete(raw));
    });

    function look(): void {
      for (const [raw, flow] of flows) {
        const moved = movedBy(raw);
        const isSlow = waitsForOther(flow) && moved - flow.seen < bytes;
        if (isSlow && Date.now() - flow.seenAt < ms) continue;
        if (isSlow) end(flow);
        Object.assign(flow, { seen: moved, seenAt: Date.now() });
      }
    }

    const looking = setInterval(look, ms / 6).unref();
    app.addHook('onClose', async () => clearInterval(looking));
  },
  { name: 'slowRequests', dependencies: ['services'] },
);

function movedBy({ socket }: IncomingMessage): number {
  return socket.bytesRead;
}

/** Whether nothing goes on because of the other side: more of its body is to come, and all that came was taken. */
function waitsForOther({ request: { raw } }: Flow): boolean {
  return !raw.complete && raw.readableLength === 0;
}

function end({ request, reply }: Flow): void {
  const { socket, url = '/' } = request.raw;
  request.log.info('A request was ended whose body did not come on');
  if (reply.raw.headersSent) socket.destroy();
  else answerOnSocket(socket, tooSlow(), url.split('?')[0]);
}

function tooSlow(): Problem {
  return new Problem(
    408,
    'slow',
    'The body did not come on. Send it again, with the same Idempotency-Key if you sent one.',
  );
}
