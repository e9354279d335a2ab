// Plays the table of scenarios on the real service and prints it: node test/scenarios.mjs
import { close, load } from './support/fromSources.mjs';

const { printScenarios } = await load('/test/scenarios/print.ts');
const failed = await printScenarios(process.argv.slice(2));
await close();
process.exitCode = failed > 0 ? 1 : 0;
