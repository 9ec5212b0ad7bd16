import { combine, judge } from '../lib/outcome.mjs';
import { listProjectFiles } from '../lib/project-files.mjs';
import { findCircles, findStaleFloors, findUpwardImports, readCore } from './boundaries/floors.mjs';
import { findPlatformGlobals } from './boundaries/platform-types.mjs';
import {
  findDeepImports,
  findForbiddenImports,
  findMisplacedTests,
  findPathsToZod,
  findUndeclaredImports,
} from './boundaries/rules.mjs';
import { readProjectFile as read } from './boundaries/workspace.mjs';

/** The dependency rules of the house, on the sources and on what was built from them. */
export async function checkBoundaries() {
  const paths = await listProjectFiles();
  const sources = paths.filter((path) => /^(packages|apps)\/.*\.m?ts$/.test(path));
  const core = readCore(paths, read);
  return combine([
    judge('Every entry imports only what the rule of its package allows', findForbiddenImports(read)),
    judge('Every import of a built package is a declared dependency', findUndeclaredImports(read)),
    judge('No run-time path leads from the core or an adapter to zod', findPathsToZod(read)),
    judge('No import reaches into the folder of another package', findDeepImports(sources, read)),
    judge('Tests lie in folders named as those in src', findMisplacedTests(paths)),
    judge('Every folder of the core imports only from lower floors', findUpwardImports(core)),
    judge('No files of the core import each other in a circle', findCircles(core)),
    judge('The documentation shows these floors', findStaleFloors(core, read('docs/architecture.md'))),
    judge('The core needs no global of Node', findPlatformGlobals('@mcp-auth/core')),
  ]);
}
