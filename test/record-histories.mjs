// Records the histories that test/workflows/replay.test.ts replays: node test/record-histories.mjs
import { close, load } from './support/fromSources.mjs';

const { recordHistories } = await load('/test/workflows/support/histories.ts');
await recordHistories();
await close();
