import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { FileGone, ofFileSystem, StoreError } from '../errors.ts';
import { spool } from '../spool.ts';
import { type FileStore, hashAt, pathOf, type StoredFile } from '../store.ts';

/** Where a bucket is; credentials are looked for where the AWS SDK looks for them. */
export interface Bucket {
  bucket: string;
  /** What keys begin with, without slashes around it; empty for the bucket as a whole. */
  prefix: string;
  /** The SDK's own when absent (`AWS_REGION`, a profile). */
  region?: string;
  /** Of a server that is not Amazon's: `https://minio.example.org`. */
  endpoint?: string;
}

/** How often an upload to the bucket is tried. The SDK does not repeat what it was given as a stream. */
const attempts = 3;

const silent = { debug() {}, info() {}, warn() {}, error() {} };

const timeouts = { connectionTimeout: 5_000, socketTimeout: 60_000 };

/**
 * Files in a bucket. The hash must be known before the first byte is sent, for it is the key: content goes through a file in
 * `spoolFolder` that has no name from its beginning, so that nothing is left of it however the process ends. The bucket then
 * gets it in one request with its hash, which is carried out as a whole or not at all: unlike with an upload in parts, there
 * is no half of one to clear away.
 */
export async function s3Store({ bucket, prefix, region, endpoint }: Bucket, spoolFolder: string): Promise<FileStore> {
  // Loaded where it is used: it is large, and most installations keep their files in a folder.
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({
    ...(region && { region }),
    ...(endpoint && { endpoint, forcePathStyle: true }),
    requestHandler: timeouts,
    // What goes wrong is told by what is thrown.
    logger: silent,
    // The hash is checked by us; other servers than Amazon's do not know all checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const under = prefix === '' ? '' : `${prefix}/`;
  const key = (sha256: string) => ({ Bucket: bucket, Key: `${under}${pathOf(sha256)}` });
  const asked = <T>(work: Promise<T>) => work.catch((error: unknown) => Promise.reject(ofBucket(error, bucket)));

  async function sizeOf(sha256: string): Promise<number | undefined> {
    try {
      return (await client.send(new sdk.HeadObjectCommand(key(sha256)))).ContentLength;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw ofBucket(error, bucket);
    }
  }

  async function send(handle: FileHandle, { sha256, bytes }: StoredFile): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const Body = handle.createReadStream({ start: 0, autoClose: false });
      const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
      try {
        await client.send(new sdk.PutObjectCommand({ ...key(sha256), Body, ContentLength: bytes, ChecksumSHA256 }));
        return;
      } catch (error) {
        if (attempt === attempts || !isPassing(error)) throw ofBucket(error, bucket);
      } finally {
        Body.destroy();
      }
    }
  }

  return {
    put: (content) =>
      withSpool(spoolFolder, async (handle) => {
        const stored = await spool(content, handle);
        if ((await sizeOf(stored.sha256)) !== stored.bytes) await send(handle, stored);
        return stored;
      }),
    async get(sha256) {
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand(key(sha256)));
        return Body as Readable;
      } catch (error) {
        if (isMissing(error)) throw new FileGone(sha256, error);
        throw ofBucket(error, bucket);
      }
    },
    has: async (sha256) => (await sizeOf(sha256)) !== undefined,
    remove: async (sha256) => {
      await asked(client.send(new sdk.DeleteObjectCommand(key(sha256))));
    },
    list: () => listed(client, sdk, bucket, under),
    close: () => client.destroy(),
  };
}

type Sdk = typeof import('@aws-sdk/client-s3');

async function* listed(client: S3Client, sdk: Sdk, bucket: string, under: string): AsyncGenerator<StoredFile> {
  let ContinuationToken: string | undefined;
  do {
    const command = new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: under, ContinuationToken });
    const page = await client.send(command).catch((error: unknown) => Promise.reject(ofBucket(error, bucket)));
    for (const { Key = '', Size = 0 } of page.Contents ?? []) {
      const sha256 = hashAt(Key.slice(under.length));
      if (sha256) yield { sha256, bytes: Size };
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
}

/** Works with a file that has lost its name before anything is in it. */
async function withSpool<T>(folder: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  let handle: FileHandle | undefined;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, randomUUID());
    handle = await open(file, 'wx+', 0o600);
    await rm(file);
    return await work(handle);
  } catch (error) {
    throw ofFileSystem(error, folder);
  } finally {
    await handle?.close();
  }
}

interface SdkError {
  name?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

function statusOf(error: unknown): number | undefined {
  return (error as SdkError).$metadata?.httpStatusCode;
}

function isMissing(error: unknown): boolean {
  return statusOf(error) === 404 && (error as SdkError).name !== 'NoSuchBucket';
}

/** Worth another attempt: the server did not answer, or said that it cannot just now. */
function isPassing(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status >= 500 || status === 429;
}

function ofBucket(error: unknown, bucket: string): StoreError {
  const { name = 'Error', message = '' } = error as SdkError;
  const reason = [name, message].filter(Boolean).join(': ');
  return new StoreError('away', `The bucket ${bucket} cannot be used (${reason}).`, error);
}
