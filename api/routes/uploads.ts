import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Role } from '../../domain/basics.ts';
import { commandsWithFiles } from '../../domain/evidence/carried.ts';
import { fileRef } from '../../domain/registry/fields.ts';
import { commands } from '../../domain/registry.ts';
import { receiveFile } from '../files.ts';
import { forbidden, Problem } from '../problem.ts';
import { anyBytes, calledAs } from '../schemas/files.ts';
import type {} from '../services.ts';

/** For how long what is left of a refused upload is still taken, so that its sender reads the answer. */
const lingerMs = 2_000;

/** Who can send a command that carries files. */
const uploaders = new Set<Role>(commandsWithFiles.flatMap((type) => commands[type].roles));

/** The one call whose body is no JSON: it is a file, of whatever type, and is never held in memory. */
export async function uploadRoutes(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.addHook('onResponse', async ({ raw }) => {
    // Whoever was refused may go on sending for hours.
    if (!raw.complete) setTimeout(() => raw.complete || raw.destroy(), lingerMs).unref();
  });

  app.post(
    '/files',
    {
      schema: {
        tags: ['Files'],
        summary: 'Upload a file: the body is what is in it',
        operationId: 'uploadFile',
        body: anyBytes,
        querystring: Type.Object({ name: calledAs }),
        response: {
          201: Type.Object({
            file: fileRef,
            remarks: Type.Array(Type.String(), { description: 'Such as that a file is not what it is called.' }),
          }),
        },
      },
    },
    async (request, reply) => {
      mustUpload(request);
      mustBeFile(request);
      const { name } = request.query as { name: string };
      const { 'content-type': declaredType, 'content-length': length } = request.headers;
      const { remarks, ...file } = await receiveFile(app.services, {
        programId: request.program.id,
        email: request.caller.email,
        name,
        // Without a body there is nothing to parse.
        stream: (request.body ?? request.raw) as Readable,
        declaredType,
        announcedBytes: length === undefined ? undefined : Number(length),
      });
      reply.code(201).header('location', `/v1/programs/${request.program.id}/files/${file.sha256}`);
      return { file, remarks };
    },
  );
}

/** Refuses who can name a file in nothing. */
export function mustUpload({ program: { roles } }: FastifyRequest): void {
  if (roles.some((role) => uploaders.has(role))) return;
  throw forbidden(
    `Files can be uploaded by ${[...uploaders].join(', ')}; you are ${roles.join(', ') || 'none of these'}.`,
  );
}

/** Refuses a form: its file would be kept with all that is around it. */
function mustBeFile({ headers: { 'content-type': type = '' } }: FastifyRequest): void {
  if (!/^multipart\//i.test(type)) return;
  const detail =
    'The body is the file itself, not a form: send its bytes, such as with curl --data-binary @policy.pdf.';
  throw new Problem(415, 'mediaType', detail);
}
