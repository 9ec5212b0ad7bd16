import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runStep } from './run.mjs';
import { StepError } from './step-error.mjs';

/** The workspace folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What `npm start` builds, with all they depend on: what it plays, and what READMEs say it has built. */
export const startedPackages = ['@mcp-auth/app-demo', '@mcp-auth/app-local-keys', 'mcp-auth'];

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/**
 * A pnpm command line that needs nothing but npm: `npx` fetches the pinned version once and keeps it.
 *
 * @param {string[]} args
 */
export function pnpmCommand(args) {
  return { command: 'npx', args: ['--yes', manifest.packageManager, ...args] };
}

/**
 * Makes a fresh clone ready: installs what the lockfile says and builds the packages.
 *
 * @param {{ install?: boolean, build?: boolean | string[] }} [options] `install` does nothing when the installation is
 *   current; `build` may name the packages to build, with all they depend on. Both default to true
 * @throws {StepError}
 */
export async function bootstrap({ install = true, build = true } = {}) {
  checkNode();
  if (install && !isInstalled()) await installDependencies();
  if (build !== false) await buildPackages(build === true ? [] : build);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new StepError(`Node.js ${process.versions.node} is too old: install version 20.19 or newer.`);
}

/** pnpm keeps a copy of the lockfile it installed from. */
function isInstalled() {
  const copy = `${root}node_modules/.pnpm/lock.yaml`;
  return (
    existsSync(copy) &&
    existsSync(`${root}node_modules/.modules.yaml`) &&
    readFileSync(copy, 'utf8') === readFileSync(`${root}pnpm-lock.yaml`, 'utf8')
  );
}

function installDependencies() {
  return runStep({
    title: 'Installing dependencies',
    ...pnpmCommand(['install', '--frozen-lockfile', '--reporter=append-only']),
    cwd: root,
    describe: (line) => /Progress: (.*?)(, done)?$/.exec(line)?.[1],
    explain: explainInstall,
  });
}

/** pnpm names its errors ERR_...; npx, which may fail before it, explains in one line among many. */
function explainInstall(lines) {
  const reason = lines.find((line) => /\bERR_\w+|failed, reason|npm error 4\d\d|ENOSPC|EACCES/.test(line));
  return (reason ?? lines.findLast((line) => line.trim()))?.replace(/^npm (error|ERR!) /, '');
}

const turboOutput = ['--output-logs=new-only', '--log-order=stream'];

function buildPackages(names) {
  let total = '?';
  const started = new Set();
  return runStep({
    title: 'Building packages',
    // Through pnpm exec: turbo looks for pnpm on its path
    ...pnpmCommand([
      'exec',
      'turbo',
      'run',
      'build',
      ...names.map((name) => `--filter=${name}...`),
      ...turboOutput,
    ]),
    cwd: root,
    describe: (line) => {
      total = /Running build in (\d+) packages/.exec(line)?.[1] ?? total;
      const name = /^(\S+):build: cache (hit|miss)/.exec(line)?.[1];
      if (name === undefined) return undefined;
      started.add(name);
      return `${started.size} of ${total}: ${name}`;
    },
    explain: explainBuild,
  });
}

/** Names the package that failed and the last thing it said before pnpm and turbo took over. */
function explainBuild(lines) {
  const failed = lines.map((line) => /^Failed:\s+(\S+)#build/.exec(line)?.[1]).find(Boolean);
  if (failed === undefined) return lines.findLast((line) => /error/i.test(line));
  const said = lines
    .filter((line) => line.startsWith(`${failed}:build: `))
    .map((line) => line.slice(`${failed}:build: `.length).trim())
    .filter((line) => line !== '' && !line.startsWith('ELIFECYCLE'));
  return `${failed}: ${said.find((line) => /error/i.test(line)) ?? said.at(-1)}`;
}
