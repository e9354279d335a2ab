import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { fileRef, id, sha256, strict } from '../../domain/registry/fields.ts';
import { fileReader, openFile, reuseFile, sendAttachment, sendPreview } from '../files.ts';
import { pageRequest } from '../pages.ts';
import { notFound } from '../problem.ts';
import { anyBytes, calledAs, programFile } from '../schemas/files.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import type { RequestCaller } from '../services.ts';
import { readerOf } from '../sights.ts';
import { mustUpload, uploadRoutes } from './uploads.ts';

const tags = ['Files'];
const params = Type.Object({ programId: id, sha256 });

/** The files of a program. */
export const fileRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.services;
  await app.register(uploadRoutes);

  app.post(
    '/files/reuse',
    {
      schema: {
        tags,
        summary: 'Take a file of another program, without sending it again',
        operationId: 'reuseFile',
        body: Type.Object({ fromProgram: id, sha256, name: Type.Optional(calledAs) }, strict),
        response: { 201: Type.Object({ file: fileRef }) },
      },
    },
    async (request, reply) => {
      const { program, caller, body } = request;
      mustUpload(request);
      mustBeInScope(request.caller, body);
      reply.code(201);
      return { file: await reuseFile(app.services, program.id, caller.email, body) };
    },
  );

  app.get(
    '/files',
    {
      schema: {
        tags,
        summary: 'The files of a program that the caller reads, the last upload first, and which records name them',
        operationId: 'listFiles',
        querystring: Type.Object({
          ...pageQuery.properties,
          name: Type.Optional(Type.String({ maxLength: 255, description: 'Only those of this name: its versions.' })),
        }),
        response: { 200: pageOf(programFile) },
      },
    },
    async (request): Promise<{ items: Static<typeof programFile>[]; nextCursor: string | null }> => {
      const { program, query } = request;
      // Whoever may erase must know what there is, though they may not read it.
      const mayErase = program.roles.includes('programManager') || program.installationRole === 'administrator';
      const reads = mayErase ? () => true : await fileReader(app.services, program.id, readerOf(request));
      return database.files.list(program.id, { name: query.name }, pageRequest(query), (file) => reads(file.sha256));
    },
  );

  app.get(
    '/files/:sha256',
    {
      schema: {
        tags,
        summary: 'Download a file',
        operationId: 'downloadFile',
        params,
        querystring: Type.Object({ name: Type.Optional(calledAs) }),
        response: { 200: anyBytes },
      },
    },
    async (request, reply) => {
      const open = await openFile(app.services, request.program.id, readerOf(request), request.params.sha256);
      return sendAttachment(reply, open, request.query.name);
    },
  );

  app.get(
    '/files/:sha256/preview',
    {
      schema: {
        tags,
        summary: 'Look at a PDF or an image',
        operationId: 'previewFile',
        params,
        response: { 200: anyBytes },
      },
    },
    async (request, reply) =>
      sendPreview(reply, await openFile(app.services, request.program.id, readerOf(request), request.params.sha256)),
  );
};

/** For a token of one program there is no file of another. */
function mustBeInScope(
  { scope }: RequestCaller,
  { fromProgram, sha256: hash }: { fromProgram: string; sha256: string },
): void {
  if (scope?.programId === undefined || scope.programId === fromProgram) return;
  throw notFound(`The file ${hash} of program ${fromProgram}`);
}
