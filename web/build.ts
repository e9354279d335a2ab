import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { packageRoot } from '../config/packageRoot.ts';
import { assetsFolder, type Manifest, manifestFile } from './assets.ts';

/**
 * Bundles the style sheet and the small scripts of the pages, each under a name that changes with its content, and writes
 * a list of them. The pages work without any of the scripts.
 */
export async function buildAssets(folder = assetsFolder()): Promise<Manifest> {
  const source = (path: string) => join(packageRoot(), 'web', path);
  const { metafile } = await build({
    entryPoints: { style: source('assets/style.css'), main: source('client/main.ts') },
    outdir: folder,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'safari16.4', 'chrome111', 'firefox115'],
    metafile: true,
    logLevel: 'warning',
  });
  const manifest: Manifest = { style: '', main: '' };
  for (const file of Object.keys(metafile.outputs).map((path) => basename(path))) {
    if (file.endsWith('.css')) manifest.style = file;
    if (file.startsWith('main-') && file.endsWith('.js')) manifest.main = file;
  }
  await mkdir(folder, { recursive: true });
  await copyFile(source('assets/icon.svg'), join(folder, 'icon.svg'));
  await writeFile(manifestFile(folder), JSON.stringify(manifest));
  return manifest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAssets();
