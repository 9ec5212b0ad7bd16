import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from '../support/pack.mjs';

const run = promisify(execFile);
const cache = join(tmpdir(), 'mcp-auth-runtimes');

/** Installs an npm package into a folder that outlives the run; `undefined` when it cannot be had. */
function install(name, version) {
  const folder = join(cache, `${name}-${version}`);
  if (!existsSync(join(folder, 'installed'))) {
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{"private":true}');
      npm(['install', `${name}@${version}`], folder);
      writeFileSync(join(folder, 'installed'), '');
    } catch {
      return undefined;
    }
  }
  return join(folder, 'node_modules');
}

/** A runtime that is started on a module file and prints what `compare` returns. */
const commandLine = (name, version, binary, args) => ({
  name: `${name} ${version}`,
  async run(folder) {
    const modules = install(name, version);
    if (modules === undefined) return undefined;
    const { stdout } = await run(join(modules, binary), [...args, 'main.mjs'], { cwd: folder });
    return JSON.parse(stdout);
  },
});

const thisNode = {
  name: `node ${process.versions.node}`,
  run: async (folder) => JSON.parse((await run(process.execPath, ['main.mjs'], { cwd: folder })).stdout),
};

const workerdVersion = '1.20261117.1';

const workerd = {
  name: `workerd ${workerdVersion}`,
  async run(folder) {
    const modules = install('workerd', workerdVersion);
    if (modules === undefined) return undefined;
    const files = ['worker.mjs', 'index.js', 'program.mjs', 'cases.mjs'];
    const list = files.map((file) => `(name = "${file}", esModule = embed "${file}")`).join(', ');
    writeFileSync(
      join(folder, 'worker.capnp'),
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (modules = [${list}], compatibilityDate = "2026-01-01"))]);\n`,
    );
    // A worker compiles no code at run time: eval is off there, as under a strict Content-Security-Policy.
    const { stdout, stderr } = await run(join(modules, 'workerd/bin/workerd'), ['test', 'worker.capnp'], {
      cwd: folder,
    });
    const line = /RESULT (\{.*\})/.exec(stdout + stderr)?.[1];
    return JSON.parse(line ?? 'null');
  },
};

const playwrightVersion = '1.56.1';
const chromiumPaths = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Forbids everything but modules from the same place: no inline script, no eval. */
const policy = "default-src 'none'; script-src 'self'";

const chromium = {
  name: "Chromium, page with script-src 'self'",
  async run(folder, files) {
    const executablePath = chromiumPaths.find((path) => path !== undefined && existsSync(path));
    const modules = executablePath && install('playwright-core', playwrightVersion);
    if (!modules) return undefined;
    const server = createServer((request, response) => {
      const file = files[request.url?.slice(1) ?? ''];
      const type = request.url === '/' ? 'text/html' : 'text/javascript';
      const body =
        request.url === '/'
          ? '<!doctype html><title></title><script type="module" src="/page.mjs"></script>'
          : file;
      response.writeHead(body === undefined ? 404 : 200, {
        'Content-Type': type,
        'Content-Security-Policy': policy,
      });
      response.end(body);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const playwright = (await import(join(modules, 'playwright-core/index.mjs'))).chromium;
    const browser = await playwright.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      await page
        .waitForFunction('document.title !== ""', undefined, { timeout: 30_000, polling: 50 })
        .catch(async () => {
          // A policy without unsafe-eval forbids the polling expression in some versions; the title can be read anyway.
          for (let tries = 0; tries < 300 && (await page.title()) === ''; tries++)
            await page.waitForTimeout(100);
        });
      return JSON.parse(await page.title());
    } finally {
      await browser.close();
      server.close();
    }
  },
};

export const runtimes = [
  thisNode,
  commandLine('node', '22.23.3', 'node/bin/node', []),
  commandLine('node', '24.21.0', 'node/bin/node', []),
  commandLine('bun', '1.4.5', '.bin/bun', ['run']),
  commandLine('deno', '2.9.6', '.bin/deno', ['run', '--no-prompt']),
  workerd,
  chromium,
];
