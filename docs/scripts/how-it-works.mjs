import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTempFolder } from '../../scripts/lib/temp-folder.mjs';
import { inLanguage, languages } from '../.vitepress/languages.mjs';
import { sequenceTexts } from '../.vitepress/locales/sequence-diagram.mjs';
import { formatExchange } from '../../apps/demo/dist/page.js';
import { describeBoundToken, selectFlows } from './trace/flows.mjs';
import { normalizeTrace } from './trace/normalize.mjs';
import { playBoundToken } from './trace/play-bound.mjs';
import { playDemonstration } from './trace/play.mjs';
import { selectLogin, selectScenes } from './trace/scenes.mjs';
import { drawSequence } from './trace/sequence-diagram.mjs';

const generated = fileURLToPath(new URL('../generated/how-it-works/', import.meta.url));

/**
 * The parts of "How MCP authorization works", and of the flow viewer, that come from a run of the demonstration, by file name.
 *
 * @param {object} trace what `npm start -- --trace FILE` wrote
 * @param {number} port the first port of that run
 * @param {{ scene: string, exchange: object }[]} bound what a client with a bound token said and heard
 * @returns {Map<string, string>}
 */
export function createParts(trace, port, bound) {
  const stable = normalizeTrace(trace, port);
  return new Map([
    ...languages.map(({ folder }) => [
      inLanguage('sequence.svg', folder),
      drawSequence(selectLogin(stable), sequenceTexts[folder]),
    ]),
    ...selectScenes(stable).map(({ name, exchanges }) => [
      `${name}.http`,
      `${exchanges.map(({ exchange, shown }) => formatExchange(exchange, shown)).join('\n\n')}\n`,
    ]),
    ...[...selectFlows(stable), ['dpop', describeBoundToken(bound)]].map(([name, exchanges]) => [
      `flow-${name}.json`,
      `${JSON.stringify(exchanges, undefined, 2)}\n`,
    ]),
  ]);
}

/** The authorization server of the demonstration, as the pages show it. */
const shownIssuer = 'http://127.0.0.1:4100';

/** Plays the demonstration on free ports, and the client that it lacks. */
async function play() {
  const folder = createTempFolder();
  const file = join(folder, 'trace.json');
  const { port } = await playDemonstration(['--all', '--trace', file, '--page', join(folder, 'page.html')]);
  return createParts(JSON.parse(readFileSync(file, 'utf8')), port, await playBoundToken(shownIssuer));
}

/** Files that differ from what the demonstration shows today. */
function findStale(parts) {
  const present = existsSync(generated) ? readdirSync(generated) : [];
  const isFresh = (name, text) =>
    present.includes(name) && readFileSync(join(generated, name), 'utf8') === text;
  return [
    ...present.filter((name) => !parts.has(name)),
    ...[...parts].filter(([name, text]) => !isFresh(name, text)).map(([name]) => name),
  ];
}

export const checks = {
  'The messages of a login and of the flow viewer are those of the demonstration; node docs/scripts/how-it-works.mjs brings them up to date':
    async () => findStale(await play()),
};

if (process.argv[1] === import.meta.filename) {
  const parts = await play();
  const stale = findStale(parts);
  rmSync(generated, { recursive: true, force: true });
  mkdirSync(generated, { recursive: true });
  for (const [name, text] of parts) writeFileSync(join(generated, name), text);
  console.log(`${parts.size} parts, ${stale.length} of them new.`);
}
