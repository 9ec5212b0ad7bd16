import { execFileSync } from 'node:child_process';
import { docs } from '../page-list.mjs';

const changes = readChanges();

/** When a page was changed last, in milliseconds; nothing without git, or with a part of its history. */
export function lastChangeOf(page: string): number | undefined {
  return changes.get(page);
}

function readChanges(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  try {
    // The first commit of a part of the history seems to have changed everything
    if (git('rev-parse', '--is-shallow-repository').trim() !== 'false') return found;
    const log = git('log', '--relative', '--no-renames', '--format=%x00%ct', '--name-only', '--', '*.md');
    for (const commit of log.split('\0').slice(1)) {
      const [seconds = '', ...files] = commit.split('\n').filter((line) => line !== '');
      for (const file of files) if (!found.has(file)) found.set(file, Number(seconds) * 1000);
    }
    return found;
  } catch {
    return new Map();
  }
}

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'core.quotePath=false', ...args], {
    cwd: docs,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
