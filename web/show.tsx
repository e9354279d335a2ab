import type { FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import { render } from 'preact-render-to-string';
import type { Manifest } from './assets.ts';
import { Document, type Page, type Viewer } from './html/layout.tsx';
import type {} from './sameSite.ts';
import type {} from './visit.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Answers with a page, in the frame of who looks at it; `visiting` leaves the frame of who is signed in away. */
    show(page: Page, options?: { status?: number; visiting?: boolean }): FastifyReply;
  }
}

/** Renders pages. */
export const show = fp<{ assets: Manifest; mailbox: boolean }>(
  async (app, { assets, mailbox }) => {
    const { mostBytes } = app.services.files;
    app.decorateReply('show', function show(this: FastifyReply, page, { status = 200, visiting = false } = {}) {
      const viewer = visiting ? undefined : viewerOf(this, mailbox);
      const html = render(<Document page={page} viewer={viewer} assets={assets} mostBytes={mostBytes} />);
      if (status === 503 && !this.hasHeader('retry-after')) this.header('retry-after', '5');
      return this.code(status).type('text/html; charset=utf-8').send(`<!doctype html>${html}`);
    });
  },
  { name: 'show', dependencies: ['visit', 'sameSite'] },
);

function viewerOf({ request }: FastifyReply, mailbox: boolean): Viewer | undefined {
  const { visitor } = request;
  if (!visitor) return undefined;
  const { name, email } = visitor;
  const administrator = visitor.installationRole === 'administrator';
  return { name, email, administrator, mailbox: mailbox && administrator, csrf: request.csrf() };
}
