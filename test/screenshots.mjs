// Takes pictures of the pages, at a good moment of TechServe's story: node test/screenshots.mjs [name …]
import { close, load } from './support/fromSources.mjs';

const { takeScreenshots } = await load('/test/screenshots/take.ts');
const failed = await takeScreenshots(process.argv.slice(2), (line) => console.log(line));
await close();
if (failed.length > 0) console.error(`Not as they should be: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
