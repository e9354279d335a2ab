import { create } from 'content-disposition';
import type { FastifyReply } from 'fastify';
import type { ProgramFile } from '../../db/files.ts';
import { fileName } from '../../files/name.ts';
import { Problem } from '../problem.ts';
import type { OpenFile } from './reading.ts';

/** What is shown as it is: nothing of these types runs in a page of ours. */
const previews = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Whether a file can be looked at without being downloaded. */
export function canPreview(mediaType: string): boolean {
  return previews.has(mediaType);
}

/** Nothing is loaded, nothing runs, and the answer has an origin of its own. */
const asAttachment = "default-src 'none'; sandbox";

/** For an image, too. The viewers of browsers show no PDF in a sandbox: it may load nothing, and only our pages frame it. */
const shown = {
  image: "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  pdf: "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
};

/** Answers with a file to be kept by whoever asked. `name`: what it is called where it was named; its own when absent. */
export function sendAttachment(reply: FastifyReply, { file, content }: OpenFile, name?: string): FastifyReply {
  const called = name === undefined ? file.name : fileName(name);
  return headed(reply, file, create(called), asAttachment).send(content);
}

/** Answers with a file to be looked at. Throws the 404 problem for types that are not shown. */
export function sendPreview(reply: FastifyReply, { file, content }: OpenFile): FastifyReply {
  if (!canPreview(file.mediaType)) {
    content.destroy();
    throw new Problem(
      404,
      'noPreview',
      `Files of type ${file.mediaType} are not shown, only PDF and images: download it.`,
    );
  }
  const policy = file.mediaType === 'application/pdf' ? shown.pdf : shown.image;
  return headed(reply, file, create(file.name, { type: 'inline' }), policy).send(content);
}

function headed(
  reply: FastifyReply,
  { mediaType, bytes }: ProgramFile,
  disposition: string,
  policy: string,
): FastifyReply {
  const type = mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType;
  return reply.headers({
    'content-type': type,
    'content-length': bytes,
    'content-disposition': disposition,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
}
