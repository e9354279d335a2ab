import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

/** A PDF of one page, as small as they come. */
export const pdf = Buffer.from(
  `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`,
);

/** An image of one pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Bytes that nobody has seen before. */
export function fresh(bytes: number): Buffer {
  return randomBytes(bytes);
}

export function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A stream of some content, in pieces as they come over a network. */
export function streamOf(content: Uint8Array, piece = 10_000): Readable {
  const pieces = Array.from({ length: Math.ceil(content.length / piece) }, (_, index) =>
    content.subarray(index * piece, (index + 1) * piece),
  );
  return Readable.from(pieces, { objectMode: false });
}

/** A stream that breaks off after some content, as when its sender goes away. */
export function brokenOff(content: Uint8Array): Readable {
  let sent = false;
  return new Readable({
    read() {
      if (sent) this.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET', syscall: 'read' }));
      else this.push(content);
      sent = true;
    },
  });
}

/** A ZIP archive with one entry that is not compressed, and says that it holds as much as is claimed. */
export function zipOf(name: string, content: Uint8Array, claimed = content.length): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt32LE(claimed, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([header, Buffer.from(name), content]);
}
