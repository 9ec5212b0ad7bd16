import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { readQuotedCode } from '../quotes.mjs';

const startTimeoutMs = 120_000;

/**
 * Writes the example of an installed package's README as a module that can run here: another issuer, a free port.
 *
 * @returns {{ path: string, resource: string }}
 */
export function writeExample(folder, packageName, { issuer, port }) {
  const readme = readFileSync(join(folder, 'node_modules', packageName, 'README.md'), 'utf8');
  const code = readQuotedCode(readme);
  if (code === undefined) throw new Error(`The README of ${packageName} quotes no example.`);
  const local = toLocal(code, { issuer, port });
  const path = join(folder, 'example.mjs');
  writeFileSync(path, toJavaScript(local));
  return { path, resource: readResource(local) };
}

/**
 * Writes the files of routes that the README of an installed package quotes, where Next.js would look for them.
 *
 * @returns {{ path: string, resource: string }} the folder
 */
export function writeRoutes(folder, packageName, { issuer, port }) {
  const readme = readFileSync(join(folder, 'node_modules', packageName, 'README.md'), 'utf8');
  const quoted = [...readme.matchAll(/<!-- quote: apps\/next\/(\S+)\.ts -->\n+```ts\n([\s\S]*?)\n```/g)];
  const path = join(folder, 'example');
  const local = quoted.map(([, name, code]) => [join(path, `${name}.mjs`), toLocal(code, { issuer, port })]);
  for (const [file, code] of local) {
    mkdirSync(dirname(file), { recursive: true });
    const alias = (_whole, name) => `'${pathToFileURL(join(path, `${name}.mjs`)).href}'`;
    writeFileSync(file, toJavaScript(code).replaceAll(/'@\/([^']+)'/g, alias));
  }
  return { path, resource: readResource(local.map(([, code]) => code).join('\n')) };
}

const toLocal = (code, { issuer, port }) =>
  code.replaceAll('https://auth.example.com', issuer).replaceAll('3000', String(port));

const readResource = (code) => /const resource = '([^']+)'/.exec(code)[1];

function toJavaScript(code) {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    experimentalDecorators: true,
  };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}

/**
 * Something that answers requests: a server in a process of its own, the `{ fetch }` handler a module exports, or files of routes.
 *
 * @typedef {{ send: (request: Request) => Promise<Response>, stop: () => Promise<void> }} RunningExample
 */

/**
 * @param {string} path
 * @param {number} port where it will listen
 * @param {string[]} [args]
 * @param {string} [cwd]
 * @returns {Promise<RunningExample>}
 */
export async function startServerExample(path, port, args = [], cwd = join(path, '..')) {
  const child = spawn(process.execPath, [path, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const closed = once(child, 'close');
  const stop = async () => {
    child.kill();
    await closed;
  };
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The example ended before it listened:\n${output}`);
    if (await answers(port)) return { send: (request) => fetch(request), stop };
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`The example does not listen:\n${output}`);
    }
    await wait(100);
  }
}

async function answers(port) {
  try {
    await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/**
 * Calls the function that the file of a route exports for a method, as the router of Next.js does.
 *
 * @returns {Promise<RunningExample>}
 */
export async function loadRoutesExample(folder) {
  const load = (file) => import(pathToFileURL(join(folder, file)).href);
  const mcp = await load('app/mcp/route.mjs');
  const document = await load('app/.well-known/oauth-protected-resource/[[...path]]/route.mjs');
  const send = async (request) => {
    const route = new URL(request.url).pathname === '/mcp' ? mcp : document;
    return route[request.method]?.(request) ?? new Response(null, { status: 405 });
  };
  return { send, stop: async () => {} };
}

/** @returns {Promise<RunningExample>} */
export async function loadFetchExample(path) {
  const { default: handler } = await import(pathToFileURL(path).href);
  return { send: (request) => handler.fetch(request), stop: async () => {} };
}
