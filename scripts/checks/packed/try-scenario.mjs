import { mkdirSync } from 'node:fs';
import { findFreePort } from '../../lib/free-port.mjs';
import { installWithNpm, isInstalled, listRuntimePackages } from './install.mjs';
import {
  loadFetchExample,
  loadRoutesExample,
  startServerExample,
  writeExample,
  writeRoutes,
} from './run-example.mjs';
import { startStubIssuer } from './stub-issuer.mjs';
import { fromTarballs } from './tarballs.mjs';
import { findExampleProblems } from './try-example.mjs';

/** All that an application may get with an adapter. */
const runtimePackages = ['@mcp-auth/schemas', '@mcp-auth/core', 'jose'];

/**
 * Installs a package from tarballs beside its framework, looks at what came with it, and runs its README's example.
 *
 * @param {string} folder that does not exist yet
 * @returns {[name: string, check: import('../../lib/outcome.mjs').Check][]} to be run in their order
 */
export function scenarioChecks({ title, name, kind, brings = [], framework, example }, folder) {
  const expected = [...runtimePackages, ...brings];
  return [
    [
      `${title} brings nothing but ${expected.join(', ')}`,
      async () => {
        mkdirSync(folder);
        await installWithNpm(folder, { ...(await fromTarballs([...expected, name])), ...framework });
        return findForeignPackages(folder, name, expected);
      },
    ],
    [
      `${title} runs the example of its README`,
      async () => {
        await installWithNpm(folder, example);
        return runExample(folder, name, kind);
      },
    ],
  ];
}

function findForeignPackages(folder, name, expected) {
  const extra = [...listRuntimePackages(folder, name)].filter(
    (found) => found !== name && !expected.includes(found),
  );
  const hasZod = isInstalled(folder, 'zod') && !expected.includes('zod');
  return [...extra.map((found) => `${found} comes with it`), ...(hasZod ? ['zod is installed'] : [])];
}

const starters = { server: startServerExample, fetch: loadFetchExample, routes: loadRoutesExample };

async function runExample(folder, name, kind) {
  const issuer = await startStubIssuer();
  let running;
  try {
    const port = await findFreePort();
    const write = kind === 'routes' ? writeRoutes : writeExample;
    const { path, resource } = write(folder, name, { issuer: issuer.issuer, port });
    running = await starters[kind](path, port);
    return await findExampleProblems(running.send, resource, issuer);
  } finally {
    await running?.stop();
    issuer.close();
  }
}
