import { describe, expect, test } from 'vitest';
import { fileName } from '../../files/name.ts';

describe('the name of a file', () => {
  test.each([
    ['policy.pdf', 'policy.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\olu\\policy.pdf', 'policy.pdf'],
    ['情報セキュリティ方針.pdf', '情報セキュリティ方針.pdf'],
    ['Größenmaßstäbe für Übungen.pdf', 'Größenmaßstäbe für Übungen.pdf'],
    ['Gro\u0308\u00dfe.pdf', 'Gr\u00f6\u00dfe.pdf'],
    ['👩‍🔬 results.pdf', '👩‍🔬 results.pdf'],
    ['a\u0000b\r\nc\u001b[31m.pdf', 'abc[31m.pdf'],
    // Shown as invoiceexe.pdf where the override is obeyed.
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['\u2066left\u2069.pdf', 'left.pdf'],
    ['half \ud83d.pdf', 'half \ufffd.pdf'],
    ['  policy.pdf  ', 'policy.pdf'],
    [`${'n'.repeat(251)}.pdf`, `${'n'.repeat(251)}.pdf`],
    [`${'n'.repeat(300)}.pdf`, `${'n'.repeat(251)}.pdf`],
    [`${'👩‍🔬'.repeat(100)}.pdf`, `${'👩‍🔬'.repeat(50)}.pdf`],
  ])('of %j is %j', (given, kept) => {
    expect(fileName(given)).toBe(kept);
  });

  test.each(['', '.', '..', '/', 'folder/', '\u202e', ' \u200b ', '\u0000'])('is missing in %j', (given) => {
    expect(() => fileName(given)).toThrow('needs a name');
  });

  test('made of one character with thousands of marks is cut all the same', () => {
    const name = fileName(`e${'\u0301'.repeat(5_000)}`);
    expect(name.length).toBe(255);
    expect(name.isWellFormed()).toBe(true);
  });
});
