import type { Readable } from 'node:stream';
import { UploadRefused } from './errors.ts';
import { fileName } from './name.ts';
import type { Scanner } from './scan/clamd.ts';
import type { FileStore, StoredFile } from './store.ts';
import { headBytes, type Kind, kindOf } from './type.ts';

/** The place of an installation's files, and what holds for every upload. */
export interface Files {
  store: FileStore;
  /** The most bytes of one file. */
  mostBytes: number;
  /** Looks for viruses; nobody does when absent. */
  scanner?: Scanner | undefined;
}

/** What an upload says of itself. */
export interface Upload {
  /** As the sender called it; `fileName` makes a name of it that can be kept. */
  name: string;
  /** The type that the sender says it is. What is in it decides. */
  declaredType?: string | undefined;
  /** The size that the sender announced. */
  announcedBytes?: number | undefined;
}

/** A file that was taken, and what its sender should know of it. */
export interface ReceivedFile extends StoredFile {
  name: string;
  mediaType: string;
  remarks: string[];
}

/** For how long nothing may come before an upload is given up. */
const patienceMs = 60_000;

/**
 * Takes an upload, whatever stream brings it: a request, a part of one, a file. It is measured, scanned and looked at while it
 * goes to the store; nothing of it is held in memory but its beginning. When this throws, nothing is left, and what the
 * stream still brings is thrown away.
 *
 * @throws UploadRefused, StoreError or ScannerError, whose messages are for whoever uploads
 */
export async function receive(files: Files, content: Readable, upload: Upload): Promise<ReceivedFile> {
  try {
    const name = fileName(upload.name);
    if ((upload.announcedBytes ?? 0) > files.mostBytes) throw tooLarge(files.mostBytes);
    const intake = new Intake(files, content);
    const stored = await files.store.put(intake.chunks());
    return { ...stored, name, ...(await described(intake.head, stored, upload.declaredType, name)) };
  } catch (error) {
    // The stream may belong to a request with other parts, which would wait for it; that it breaks off is known then.
    content.on('error', () => undefined).resume();
    throw error;
  }
}

async function described(
  head: Uint8Array,
  { bytes }: StoredFile,
  declared: string | undefined,
  name: string,
): Promise<Kind> {
  return kindOf({ head, isWhole: bytes <= head.length, declared, name });
}

/** An upload on its way to the store. */
class Intake {
  /** What it begins with, for its type. */
  head: Buffer = Buffer.alloc(0);
  private readonly files: Files;
  private readonly content: Readable;

  constructor(files: Files, content: Readable) {
    this.files = files;
    this.content = content;
  }

  async *chunks(): AsyncGenerator<Buffer> {
    const { mostBytes, scanner } = this.files;
    const scan = await scanner?.begin();
    let bytes = 0;
    try {
      for await (const chunk of patiently(this.content)) {
        bytes += chunk.length;
        if (bytes > mostBytes) throw tooLarge(mostBytes);
        if (this.head.length < headBytes) {
          this.head = Buffer.concat([this.head, chunk.subarray(0, headBytes - this.head.length)]);
        }
        await scan?.take(chunk);
        yield chunk;
      }
      // A part of a form is cut off, and ends as if it were whole, where a limit of the form is reached.
      if ((this.content as { truncated?: boolean }).truncated) throw tooLarge(mostBytes);
      if (bytes === 0) throw new UploadRefused('empty', 'The file is empty; choose the one with something in it.');
      // Before the store has seen the end: what is infected is never kept.
      await scan?.verdict();
    } finally {
      scan?.stop();
    }
  }
}

/** The chunks of a stream that neither breaks off nor stops coming. The stream is left as it is. */
async function* patiently(content: Readable): AsyncGenerator<Buffer> {
  const chunks = content.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const { done, value } = await nextOf(chunks, content);
      if (done) return;
      yield Buffer.isBuffer(value) ? value : Buffer.from(value);
    }
  } finally {
    // Only then does the stream flow again.
    await chunks.return?.();
  }
}

async function nextOf(chunks: AsyncIterator<Buffer>, content: Readable): Promise<IteratorResult<Buffer>> {
  const stall = setTimeout(() => content.destroy(stalled()), patienceMs);
  try {
    return await chunks.next();
  } catch (error) {
    if (error instanceof UploadRefused) throw error;
    throw new UploadRefused('stopped', 'The upload broke off before its end; send the file again.', error);
  } finally {
    clearTimeout(stall);
  }
}

function stalled(): UploadRefused {
  const message = `Nothing more of the upload came for ${patienceMs / 1_000} seconds; send the file again.`;
  return new UploadRefused('stalled', message);
}

/** The refusal of a file that is larger than the installation takes. */
export function tooLarge(mostBytes: number): UploadRefused {
  const most = `${Math.floor(mostBytes / 2 ** 20)} MiB`;
  const message = `The file is larger than ${most}, the most for one file. Send a smaller one, or a link to it.`;
  return new UploadRefused('tooLarge', message);
}
