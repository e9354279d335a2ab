import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../config/packageRoot.ts';

/** The files of the pages as the build named them. */
export interface Manifest {
  style: string;
  main: string;
}

/** Where the build leaves the style sheet and the scripts of the pages. */
export function assetsFolder(): string {
  return join(packageRoot(), 'dist', 'web', 'assets');
}

export function manifestFile(folder: string): string {
  return join(folder, 'manifest.json');
}

/** What the build made. Throws when there is nothing, saying how to make it. */
export function builtAssets(folder = assetsFolder()): Manifest {
  try {
    return JSON.parse(readFileSync(manifestFile(folder), 'utf8'));
  } catch (error) {
    throw new Error(`There is no ${manifestFile(folder)}: run "npm run build" first.`, { cause: error });
  }
}
