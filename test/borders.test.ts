import { describe, expect, test } from 'vitest';
import { biomeConfiguration } from './support/borders/biome.ts';
import { circles } from './support/borders/circles.ts';
import { codeFolders, importsIn, importsOfProject } from './support/borders/imports.ts';
import { plantedImports, refusedByBiome } from './support/borders/planted.ts';
import { mayImport, roomOf, rooms } from './support/borders/rooms.ts';
import { architecture, roomsInTable } from './support/borders/roomsTable.ts';

describe('the list of rooms', () => {
  test('has every folder with code, and no other', () => {
    expect(Object.keys(rooms).sort()).toEqual(codeFolders());
  });

  test('is what biome.json says; "npm run borders" writes it anew', async () => {
    await expect(biomeConfiguration()).toMatchFileSnapshot('../biome.json');
  });

  test('is what ARCHITECTURE.md says of imports; "npm run borders" writes it anew', async () => {
    await expect(architecture()).toMatchFileSnapshot('../ARCHITECTURE.md');
    expect(roomsInTable().sort()).toEqual(Object.keys(rooms).sort());
  });
});

describe('the borders', () => {
  test('are kept by Biome: it refuses what is planted across them, and nothing else', () => {
    const planted = plantedImports();
    const forbidden = planted.filter(({ allowed }) => !allowed);
    expect(refusedByBiome(planted).map(at).sort()).toEqual(forbidden.map(at).sort());
  });

  test('are kept by every import, also where Biome does not look', () => {
    const across = [...importsOfProject()].flatMap(([file, others]) =>
      others.filter((other) => !mayImport(roomOf(file), other)).map((other) => `${file} imports ${other}`),
    );
    expect(across).toEqual([]);
  });
});

describe('imports', () => {
  test('go in no circle', () => {
    expect(circles(importsOfProject())).toEqual([]);
  });

  test('are found in every form, and in no comment', () => {
    const source = [
      "import { a } from './a.ts';",
      "import type { B } from '../b.ts';",
      'import {\n  c,\n  type C,\n} from "../../c.ts";'.replaceAll('"', "'"),
      "import './d.ts';",
      "export * from './e.ts';",
      "export type { F } from './deep/f.ts';",
      "const g = await import('./g.ts');",
      "type H = import('./h.ts').H;",
      "import { again } from './a.ts';",
      "// import { z } from './z.ts';",
      "import { join } from 'node:path';",
    ].join('\n');
    const found = ['api/a.ts', 'b.ts', '../c.ts', 'api/d.ts', 'api/e.ts', 'api/deep/f.ts', 'api/g.ts', 'api/h.ts'];
    expect(importsIn('api/file.ts', source).sort()).toEqual(found.sort());
  });

  test('that do go in a circle are named, with those that only lead to it left out', () => {
    const imports = new Map([
      ['lead', ['one']],
      ['one', ['two', 'leaf']],
      ['two', ['three', 'two']],
      ['three', ['one', 'four']],
      ['four', ['five', 'leaf']],
      ['five', ['four']],
      ['leaf', []],
    ]);
    expect(circles(imports)).toEqual([
      ['five', 'four'],
      ['one', 'three', 'two'],
    ]);
  });
});

function at({ file, line }: { file: string; line: string }): string {
  return `${file}: ${line}`;
}
