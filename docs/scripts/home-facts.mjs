import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cases } from '../../packages/conformance/dist/index.js';
import { commandLines, versions } from '../../packages/schemas/test/runtimes/runtimes.mjs';
import { languages } from '../.vitepress/languages.mjs';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (path) => readFileSync(file(path), 'utf8');
const target = file('../generated/home-facts.json');

/** What the home page counts, each from where it is kept. */
function createFacts() {
  return {
    hostileCases: cases.filter(isRefused).length,
    clients: countClients(read('../guide/clients.md')),
    speed: compareSpeed(read('../performance.md')),
    runtimes: nameRuntimes([...commandLines.map(({ name }) => name), ...Object.keys(versions)]),
    languages: languages.map(({ label }) => label),
  };
}

function isRefused({ expect }) {
  return expect.status >= 400 && expect.status < 500;
}

/**
 * The clients of the page's first table that a test runs, each program once.
 *
 * @param {string} page
 */
export function countClients(page) {
  const rows = readTable(page, /^\| Client /m).filter(([, version]) => /\d/.test(version));
  const programs = new Set(rows.map(([client]) => (/\bas (\S+)$/.exec(client)?.[1] ?? client).toLowerCase()));
  if (programs.size === 0) throw new Error('The page about clients no longer says which were tried.');
  return programs.size;
}

/**
 * What a request with a token seen before takes, compared with none, and what the least of the others takes.
 *
 * @param {string} page
 */
export function compareSpeed(page) {
  const rows = readTable(page, /^\*\*Express, a token seen before: one request\*\*\n+\| /m).map(
    ([name, , ratio]) => ({ name, ratio: Number.parseFloat(ratio) }),
  );
  const own = rows.find(({ name }) => name === 'MCP Auth');
  const [peer] = rows
    .filter(({ name }) => !/MCP Auth|no authorization|^mcp-auth/.test(name))
    .sort((a, b) => a.ratio - b.ratio);
  if (own === undefined || peer === undefined)
    throw new Error('The page about performance compares no more.');
  return { framework: 'Express', ratio: own.ratio, peer: peer.name, peerRatio: peer.ratio };
}

/** The rows of the table that begins where the expression says. */
function readTable(page, start) {
  const [, table = ''] = page.split(start);
  const [lines = ''] = table.split(/\n(?!\|)/);
  return lines
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const runtimeNames = new Map([
  ['node', 'Node.js'],
  ['bun', 'Bun'],
  ['deno', 'Deno'],
  ['workerd', 'workerd'],
]);

function nameRuntimes(found) {
  return [...new Set(found.map((name) => name.split(' ')[0]))].map((name) => {
    const shown = runtimeNames.get(name);
    if (shown === undefined) throw new Error(`${name} has no name on the home page.`);
    return shown;
  });
}

const format = () => `${JSON.stringify(createFacts(), undefined, 2)}\n`;
const isFresh = (text) => existsSync(target) && readFileSync(target, 'utf8') === text;

export const checks = {
  'The home page counts what is there; node docs/scripts/home-facts.mjs counts anew': async () =>
    isFresh(format()) ? [] : ['docs/generated/home-facts.json'],
};

if (process.argv[1] === import.meta.filename) {
  const text = format();
  console.log(isFresh(text) ? 'The facts are fresh.' : 'The facts are new.');
  writeFileSync(target, text);
}
