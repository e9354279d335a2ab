import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { headBytes, kindOf } from '../../files/type.ts';
import { pdf, png, zipOf } from './support/contents.ts';

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const anyBytes = 'application/octet-stream';

function kind(content: Buffer | string, name: string, declared?: string) {
  const bytes = Buffer.from(content);
  return kindOf({ head: bytes.subarray(0, headBytes), isWhole: bytes.length <= headBytes, name, declared });
}

describe('the type of a file', () => {
  test.each([
    ['a PDF', pdf, 'a.pdf', 'application/pdf'],
    ['a PDF without its ending', pdf, 'a', 'application/pdf'],
    ['an image', png, 'a.png', 'image/png'],
    ['a text', 'Approved by the board.\n', 'a.txt', 'text/plain'],
    ['a text that begins like an image', 'BM: the building manager', 'a.txt', 'text/plain'],
    ['a text that begins like a program', 'MZ is the initials of Mia Z.', 'a.txt', 'text/plain'],
    ['a table', 'id;risk\r\n1;high\r\n', 'a.csv', 'text/csv'],
    ['a table of an old spreadsheet', Buffer.from('Gr\xf6\xdfe;Pr\xfcfung\r\n', 'latin1'), 'a.csv', 'text/csv'],
    ['a text in UTF-16', Buffer.from('\ufeffApproved', 'utf16le'), 'a.txt', 'text/plain'],
    ['a log with colors', '\u001b[32mok\u001b[0m\n', 'a.log', 'text/plain'],
    ['JSON', '{"a": 1}', 'a.json', 'application/json'],
    ['XML', '<?xml version="1.0"?><report/>', 'a.xml', 'application/xml'],
    ['random bytes', Buffer.from([1, 2, 3, 0, 255, 254]), 'a.txt', anyBytes],
    ['an archive', zipOf('a.txt', Buffer.from('hello')), 'a.zip', 'application/zip'],
    ['a document', zipOf('word/document.xml', Buffer.from('<w/>')), 'a.docx', word],
    ['an archive that is called a document', zipOf('a.txt', Buffer.from('hello')), 'a.docx', 'application/zip'],
    ['a compressed file', gzipSync('hello'), 'a.log.gz', 'application/gzip'],
    [
      'a text document',
      zipOf('mimetype', Buffer.from('application/vnd.oasis.opendocument.text')),
      'a.odt',
      'application/vnd.oasis.opendocument.text',
    ],
  ])('is told by what is in it: %s', async (_what, content, name, mediaType) => {
    expect((await kind(content, name)).mediaType).toBe(mediaType);
  });

  test('does not end within a character', async () => {
    const text = '方'.repeat(headBytes);
    expect((await kind(text, 'a.txt')).mediaType).toBe('text/plain');
  });

  test.each([
    ['a page', '<!DOCTYPE html><p>', 'report.pdf', 'a web page'],
    ['a page with a comment before it', '<!-- x -->\n<html>', 'a.pdf', 'a web page'],
    ['a page in XML', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', 'a.xml', 'a web page'],
    ['an SVG', '<?xml version="1.0"?><!-- x --><svg onload="alert(1)"/>', 'a.png', 'an SVG image'],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'policy.pdf', 'a program for Windows'],
    [
      'a program of Linux',
      Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(200)]),
      'a.jpg',
      'a program for Linux',
    ],
  ])('of %s is that of bytes, and said', async (_what, content, name, what) => {
    const { mediaType, remarks } = await kind(content, name, 'application/pdf');
    expect(mediaType).toBe(anyBytes);
    expect(remarks).toEqual([expect.stringContaining(what)]);
  });

  test('that is not the one it is called, or said to be, is said', async () => {
    expect((await kind(png, 'policy.pdf')).remarks).toEqual([
      expect.stringContaining('says application/pdf, and is kept as image/png'),
    ]);
    expect((await kind(png, 'picture', 'image/jpeg')).remarks).toEqual([expect.stringContaining('says image/jpeg')]);
    expect((await kind(png, 'a.png', 'image/jpeg')).remarks).toEqual([]);
    expect((await kind('a,b', 'a.csv', 'application/vnd.ms-excel')).mediaType).toBe('text/csv');
    expect((await kind('a,b', 'a.txt', 'text/csv; charset=utf-8')).remarks).toEqual([]);
    expect((await kind(pdf, 'a.pdf', anyBytes)).remarks).toEqual([]);
  });

  test('of thousands of comments is found at once', async () => {
    expect((await kind(`${'<!-- -->'.repeat(2_000)}x`, 'a.txt')).mediaType).toBe('text/plain');
  });
});

describe('a bomb', () => {
  test.each([
    ['a document whose content is a thousand times as large', bombOf('word/document.xml'), 'a.docx', word],
    ['a document whose types are', bombOf('[Content_Types].xml'), 'a.docx', 'application/zip'],
    ['an archive of itself', bombOf('a.zip'), 'a.zip', 'application/zip'],
  ])('that is %s is not unpacked', async (_what, content, name, mediaType) => {
    const before = process.memoryUsage();
    expect((await kind(content, name)).mediaType).toBe(mediaType);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2 ** 20);
  });

  test('as real programs write it is not either', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certloop-zip-'));
    const file = join(folder, 'bomb.docx');
    const script = `import zipfile
with zipfile.ZipFile(${JSON.stringify(file)}, 'w', zipfile.ZIP_DEFLATED) as z:
    z.writestr('word/document.xml', '0' * 20_000_000)`;
    execFileSync('python3', ['-c', script]);
    expect((await kind(await readFile(file), 'bomb.docx')).mediaType).toBe(word);
    await rm(folder, { recursive: true });
  });
});

function bombOf(name: string): Buffer {
  const zip = zipOf(name, deflateRawSync(Buffer.alloc(50 * 2 ** 20)), 50 * 2 ** 20);
  // Compressed, as its header says.
  zip.writeUInt16LE(8, 8);
  return zip;
}
