import { createHash } from 'node:crypto';
import type { GetObjectCommandOutput, S3ServiceException } from '@aws-sdk/client-s3';
import { textOf } from './checkpoint.ts';
import { isNamed, mustBeSame, nameOf, type Place } from './place.ts';
import type { Found } from './series.ts';

const dayMs = 86_400_000;

/**
 * Checkpoints in a bucket. With `?lock=<days>` each is kept for so long by the bucket's object lock in compliance mode, which
 * nobody takes away before, whatever their rights; the bucket must have been made with it. Credentials are looked for where
 * the AWS SDK looks for them.
 */
export async function bucketPlace({ hostname: Bucket, pathname, searchParams }: URL): Promise<Place> {
  const sdk = await import('@aws-sdk/client-s3');
  const [region, endpoint, lock] = ['region', 'endpoint', 'lock'].map((name) => searchParams.get(name));
  const prefix = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '');
  const under = prefix === '' ? '' : `${prefix}/`;
  const client = new sdk.S3Client({
    ...(region && { region }),
    ...(endpoint && { endpoint, forcePathStyle: true }),
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });

  async function textAt(Key: string): Promise<string | undefined> {
    try {
      const { Body }: GetObjectCommandOutput = await client.send(new sdk.GetObjectCommand({ Bucket, Key }));
      return await Body?.transformToString();
    } catch (error) {
      if ((error as S3ServiceException).$metadata?.httpStatusCode === 404) return undefined;
      throw error;
    }
  }

  return {
    async write(checkpoint) {
      const Key = `${under}${nameOf(checkpoint)}`;
      const Body = textOf(checkpoint);
      const there = await textAt(Key);
      if (there !== undefined) return mustBeSame(there, checkpoint, `s3://${Bucket}/${Key}`);
      await client.send(
        new sdk.PutObjectCommand({
          Bucket,
          Key,
          Body,
          ContentType: 'application/json',
          ChecksumSHA256: createHash('sha256').update(Body).digest('base64'),
          // Of two that write at once, one is refused; servers that do not know it write the same.
          IfNoneMatch: '*',
          ...(lock && {
            ObjectLockMode: 'COMPLIANCE',
            ObjectLockRetainUntilDate: new Date(Date.now() + Number(lock) * dayMs),
          }),
        }),
      );
    },
    async read() {
      const found: Found[] = [];
      for (let token: string | undefined; ; ) {
        const page = await client.send(
          new sdk.ListObjectsV2Command({ Bucket, Prefix: under, ...(token && { ContinuationToken: token }) }),
        );
        for (const { Key } of page.Contents ?? []) {
          if (Key && isNamed(Key)) found.push({ name: Key, text: (await textAt(Key)) ?? '' });
        }
        if (!page.IsTruncated) return found;
        token = page.NextContinuationToken;
      }
    },
    close: () => client.destroy(),
  };
}
