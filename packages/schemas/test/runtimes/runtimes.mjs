import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installWithNpm } from '../../../../scripts/checks/packed/install.mjs';

const run = promisify(execFile);

/**
 * A runtime that runs a folder of modules and gives what the program says of them; nothing where it cannot be had.
 *
 * @typedef {{ name: string, run: (folder: string, files: Record<string, string>) => Promise<any> }} Runtime
 */

/** Installs an npm package into a folder that outlives the run; `undefined` when it cannot be had. */
export async function install(name, version) {
  const folder = join(tmpdir(), 'mcp-auth-runtimes', `${name}-${version}`);
  if (!existsSync(join(folder, 'installed'))) {
    try {
      mkdirSync(folder, { recursive: true });
      await installWithNpm(folder, { [name]: version }, { scripts: true });
      writeFileSync(join(folder, 'installed'), '');
    } catch {
      return undefined;
    }
  }
  return join(folder, 'node_modules');
}

/** A runtime that is started on `main.mjs`, which prints what it finds. */
const commandLine = (name, version, binary, args) => ({
  name: `${name} ${version}`,
  async run(folder) {
    const modules = await install(name, version);
    if (modules === undefined) return undefined;
    const { stdout } = await run(join(modules, binary), [...args, 'main.mjs'], { cwd: folder });
    return JSON.parse(stdout);
  },
});

export const versions = { bun: '1.4.5', deno: '2.9.6', workerd: '1.20261117.1' };

/** @type {Runtime[]} */
export const commandLines = [
  {
    name: `node ${process.versions.node}`,
    run: async (folder) => JSON.parse((await run(process.execPath, ['main.mjs'], { cwd: folder })).stdout),
  },
  commandLine('node', '22.23.3', 'node/bin/node', []),
  commandLine('node', '24.21.0', 'node/bin/node', []),
  commandLine('bun', versions.bun, '.bin/bun', ['run']),
  commandLine('deno', versions.deno, '.bin/deno', ['run', '--no-prompt']),
];

const workerdVersion = versions.workerd;

/**
 * Runs the `test` of a worker, which prints `RESULT` and what it finds. A worker compiles no code at run time: eval is off there,
 * as under a strict Content-Security-Policy.
 *
 * @param {string[]} modules the worker first
 * @param {string[]} flags of compatibility
 * @returns {Runtime}
 */
export const workerd = (modules, flags = []) => ({
  name: `workerd ${workerdVersion} (${flags.join(', ') || 'no flags'})`,
  async run(folder) {
    const installed = await install('workerd', workerdVersion);
    if (installed === undefined) return undefined;
    const list = modules.map((file) => `(name = "${file}", esModule = embed "${file}")`).join(', ');
    const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [${list}],
  compatibilityDate = "2026-01-01",
  compatibilityFlags = [${flags.map((flag) => `"${flag}"`).join(', ')}],
))]);\n`;
    writeFileSync(join(folder, 'worker.capnp'), config);
    const binary = join(installed, 'workerd/bin/workerd');
    const { stdout, stderr } = await run(binary, ['test', 'worker.capnp'], { cwd: folder });
    const line = /RESULT (\{.*\})/.exec(stdout + stderr)?.[1];
    if (line === undefined) throw new Error('the worker printed no result');
    return JSON.parse(line);
  },
});

const chromiumPaths = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Forbids everything but modules from the same place: no inline script, no eval. */
const policy = "default-src 'none'; script-src 'self'";

/** Opens `page.mjs`, which puts what it finds into the title. */
export const chromium = {
  name: "Chromium, page with script-src 'self'",
  async run(folder, files) {
    const executablePath = chromiumPaths.find((path) => path !== undefined && existsSync(path));
    const modules = executablePath && (await install('playwright-core', '1.56.1'));
    if (!modules) return undefined;
    const start = '<!doctype html><title></title><script type="module" src="/page.mjs"></script>';
    const server = createServer(({ url = '/' }, response) => {
      const body = url === '/' ? start : files[url.slice(1)];
      const type = url === '/' ? 'text/html' : 'text/javascript';
      const headers = { 'Content-Type': type, 'Content-Security-Policy': policy };
      response.writeHead(body === undefined ? 404 : 200, headers).end(body);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { chromium: playwright } = await import(join(modules, 'playwright-core/index.mjs'));
    const browser = await playwright.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      // The policy forbids the expressions that Playwright would wait with; the title can be read anyway
      for (let tries = 0; tries < 1200 && (await page.title()) === ''; tries++)
        await page.waitForTimeout(100);
      return JSON.parse(await page.title());
    } finally {
      await browser.close();
      server.close();
    }
  },
};

/**
 * One test for each runtime: none of the cases goes wrong there.
 *
 * @param {typeof import('node:test').test} test
 * @param {Runtime[]} runtimes
 * @param {string} folder an empty one
 * @param {Record<string, string>} files what the runtimes load
 */
export function testRuntimes(test, runtimes, folder, files) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  for (const runtime of runtimes) {
    test(runtime.name, async (t) => {
      const result = await runtime.run(folder, files);
      if (result === undefined) return t.skip('it cannot be had on this machine');
      if (result.evalIsOff === false) throw new Error('eval should have been off here');
      if (result.wrong.length > 0) throw new Error(`of ${result.passed} cases: ${result.wrong.join('\n')}`);
      if (result.passed === 0) throw new Error('there are no cases');
    });
  }
}
