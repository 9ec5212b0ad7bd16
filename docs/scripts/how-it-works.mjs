import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inLanguage, languages } from '../.vitepress/languages.mjs';
import { sequenceTexts } from '../.vitepress/locales/sequence-diagram.mjs';
import { formatExchange } from './trace/format-http.mjs';
import { normalizeTrace } from './trace/normalize.mjs';
import { selectLogin, selectScenes } from './trace/scenes.mjs';
import { drawSequence } from './trace/sequence-diagram.mjs';

const generated = fileURLToPath(new URL('../generated/how-it-works/', import.meta.url));
const demonstration = fileURLToPath(new URL('../../apps/demo/dist/main.js', import.meta.url));

/**
 * The parts of "How MCP authorization works" that come from a run of the demonstration, by file name.
 *
 * @param {object} trace what `npm start -- --trace FILE` wrote
 * @param {number} port the first port of that run
 * @returns {Map<string, string>}
 */
export function createParts(trace, port) {
  const stable = normalizeTrace(trace, port);
  return new Map([
    ...languages.map(({ folder }) => [
      inLanguage('sequence.html', folder),
      drawSequence(selectLogin(stable), sequenceTexts[folder]),
    ]),
    ...selectScenes(stable).map(({ name, exchanges }) => [
      `${name}.http`,
      `${exchanges.map(({ exchange, shown }) => formatExchange(exchange, shown)).join('\n\n')}\n`,
    ]),
  ]);
}

/** Plays the demonstration on free ports. */
async function play() {
  const folder = mkdtempSync(join(tmpdir(), 'trace-'));
  try {
    const file = join(folder, 'trace.json');
    const port = await findPorts(10);
    const child = spawn(process.execPath, [demonstration, '--port', String(port), '--trace', file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const code = await new Promise((resolve) => child.on('exit', resolve));
    if (code !== 0) throw new Error('The demonstration failed.');
    return { trace: JSON.parse(readFileSync(file, 'utf8')), port };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first of so many free ports in a row. */
async function findPorts(count) {
  for (let port = 20_000 + 10 * (process.pid % 3000); port < 60_000; port += count) {
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(port + index)));
    if (free.every(Boolean)) return port;
  }
  throw new Error('There are no free ports.');
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Files that differ from what the demonstration shows today. */
function findStale(parts) {
  const present = existsSync(generated) ? readdirSync(generated) : [];
  return [
    ...present.filter((name) => !parts.has(name)),
    ...[...parts].filter(([name, text]) => read(name) !== text).map(([name]) => name),
  ];
}

function read(name) {
  const file = join(generated, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const { trace, port } = await play();
  const parts = createParts(trace, port);
  const stale = findStale(parts);
  if (values.check) {
    for (const name of stale)
      console.error(`docs/generated/how-it-works/${name} is not what the demonstration shows.`);
    if (stale.length > 0) console.error('node docs/scripts/how-it-works.mjs brings it up to date.');
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    rmSync(generated, { recursive: true, force: true });
    mkdirSync(generated, { recursive: true });
    for (const [name, text] of parts) writeFileSync(join(generated, name), text);
    console.log(`${parts.size} parts, ${stale.length} of them new.`);
  }
}
