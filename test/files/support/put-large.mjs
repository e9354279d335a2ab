// Puts a large file into a folder that has less room, and prints what came of it.
import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { close, load } from '../../support/fromSources.mjs';

const [folder] = process.argv.slice(2);
const { folderStore } = await load('/files/stores/folder.ts');
const pieces = Readable.from(Array.from({ length: 100 }, (_, index) => Buffer.alloc(65_536, index)));
try {
  await folderStore(folder).put(pieces);
  console.log('taken');
} catch (error) {
  console.log(`${error.name} ${error.is}: ${error.message}`);
}
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
console.log(
  'left:',
  entries.filter((entry) => entry.isFile()).map(({ name }) => name),
);
await close();
