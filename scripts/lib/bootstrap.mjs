import { readProjectFile } from './project.mjs';
import { runStep, StepError } from './run-step.mjs';

/** What `npm start` builds, with all they depend on: what it plays, and what READMEs say it has built. */
export const startedPackages = ['@mcp-auth/app-demo', '@mcp-auth/app-local-keys', 'mcp-auth'];

const { packageManager } = JSON.parse(readProjectFile('package.json'));

/**
 * A pnpm command line that needs nothing but npm: `npx` fetches the pinned version once and keeps it.
 *
 * @param {string[]} args
 */
export function pnpmCommand(args) {
  return { command: 'npx', args: ['--yes', packageManager, ...args] };
}

/**
 * Makes a fresh clone ready: installs what the lockfile says, unless that is there already, and builds packages.
 *
 * @param {string[]} [names] of the packages to build, with all they depend on
 * @throws {StepError}
 */
export async function bootstrap(names = []) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new StepError(`Node.js ${process.versions.node} is too old: install version 20.19 or newer.`);
  if (!isInstalled()) await installDependencies();
  if (names.length > 0) await buildPackages(names);
}

/** pnpm keeps a copy of the lockfile it installed from. */
function isInstalled() {
  return (
    readProjectFile('node_modules/.modules.yaml') !== undefined &&
    readProjectFile('node_modules/.pnpm/lock.yaml') === readProjectFile('pnpm-lock.yaml')
  );
}

function installDependencies() {
  return runStep({
    title: 'Installing dependencies',
    ...pnpmCommand(['install', '--frozen-lockfile', '--reporter=append-only']),
    describe: (line) => /Progress: (.*?)(, done)?$/.exec(line)?.[1],
    // pnpm names its errors ERR_...; npx, which may fail before it, explains in one line among many
    explain: (lines) =>
      (
        lines.find((line) => /\bERR_\w+|failed, reason|npm error 4\d\d|ENOSPC|EACCES/.test(line)) ??
        lines.findLast((line) => line.trim())
      )?.replace(/^npm (error|ERR!) /, ''),
  });
}

function buildPackages(names) {
  const filters = names.map((name) => `--filter=${name}...`);
  return runStep({
    title: 'Building packages',
    // Through pnpm exec: turbo looks for pnpm on its path
    ...pnpmCommand(['exec', 'turbo', 'run', 'build', ...filters, '--output-logs=new-only']),
    describe: (line) => /^(\S+):build: cache (?:hit|miss)/.exec(line)?.[1],
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
