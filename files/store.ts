import type { Readable } from 'node:stream';

/** A file as it is kept: by the SHA-256 of what is in it, in lower-case hexadecimal. */
export interface StoredFile {
  sha256: string;
  bytes: number;
}

/** What a store takes: a stream, or whatever else gives its bytes in their order. */
export type Content = AsyncIterable<Uint8Array>;

/**
 * Keeps files by their hash: the same content is kept once, and what is kept never changes. Every method throws
 * `StoreError` when the place cannot be reached or has no room left.
 */
export interface FileStore {
  /**
   * Takes content to its end. Once it answers the file is on disk, or in the bucket; when the content throws, or the
   * place fails, nothing is left.
   */
  put(content: Content): Promise<StoredFile>;
  /** What is in a file. Throws `FileGone` when it is not there. */
  get(sha256: string): Promise<Readable>;
  has(sha256: string): Promise<boolean>;
  /** Removes a file; one that is not there is no error. */
  remove(sha256: string): Promise<void>;
  /** All files, in no order. */
  list(): AsyncIterable<StoredFile>;
  /** Lets go of connections. */
  close(): void;
}

const hash = /^[0-9a-f]{64}$/;

/** The path of a file below the place of a store: two letters of its hash, and the hash. Throws for anything else. */
export function pathOf(sha256: string): string {
  if (!hash.test(sha256)) throw new Error(`${JSON.stringify(sha256)} is no SHA-256 in lower-case hexadecimal.`);
  return `${sha256.slice(0, 2)}/${sha256}`;
}

/** The hash that a path below the place of a store stands for; undefined when it stands for none. */
export function hashAt(path: string): string | undefined {
  const [folder = '', name = '', ...more] = path.split('/');
  return more.length === 0 && hash.test(name) && name.startsWith(folder) && folder.length === 2 ? name : undefined;
}
