import { combine, judge } from '../lib/outcome.mjs';
import { listProjectFiles } from '../lib/project-files.mjs';
import { findPlatformGlobals } from './boundaries/platform-types.mjs';
import {
  findDeepImports,
  findForbiddenImports,
  findPathsToZod,
  findUndeclaredImports,
} from './boundaries/rules.mjs';
import { readProjectFile as read } from './boundaries/workspace.mjs';

/** The dependency rules of the house, on the sources and on what was built from them. */
export async function checkBoundaries() {
  const sources = (await listProjectFiles()).filter((path) => /^(packages|apps)\/.*\.m?ts$/.test(path));
  return combine([
    judge('Every entry imports only what the rule of its package allows', findForbiddenImports(read)),
    judge('Every import of a built package is a declared dependency', findUndeclaredImports(read)),
    judge('No run-time path leads from the core or an adapter to zod', findPathsToZod(read)),
    judge('No import reaches into the folder of another package', findDeepImports(sources, read)),
    judge('The core needs no global of Node', findPlatformGlobals('@mcp-auth/core')),
  ]);
}
