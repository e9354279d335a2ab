import type { FastifyReply } from 'fastify';

/**
 * What a mail may do in the frame in which it is shown: look as it looks, and open its links beside the page. It runs
 * nothing, loads nothing and sends nothing, whoever wrote it.
 */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** What the frame around it says of itself, where the frame is. */
export const sandbox = 'allow-popups allow-popups-to-escape-sandbox';

/** Answers with the HTML of a mail, to be shown in a frame. */
export function sendBody(reply: FastifyReply, html: string): FastifyReply {
  const base = '<base target="_blank">';
  const opens = /<head\b[^>]*>/i;
  return reply
    .header('content-security-policy', policy)
    .header('x-frame-options', 'SAMEORIGIN')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(opens.test(html) ? html.replace(opens, (head) => head + base) : base + html);
}
