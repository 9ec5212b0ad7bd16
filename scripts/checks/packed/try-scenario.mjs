import { mkdirSync } from 'node:fs';
import { combine, judge } from '../../lib/outcome.mjs';
import { installWithNpm, isInstalled, listRuntimePackages } from './install.mjs';
import { findFreePort, loadFetchExample, startServerExample, writeExample } from './run-example.mjs';
import { startStubIssuer } from './stub-issuer.mjs';
import { findExampleProblems } from './try-example.mjs';

/** All that an application may get with an adapter. */
const runtimePackages = ['@mcp-auth/schemas', '@mcp-auth/core', 'jose'];

/**
 * Installs a package from tarballs beside its framework, looks at what came with it, and runs its README's example.
 *
 * @param {string} folder
 * @param {Map<string, string>} tarballs
 */
export async function tryScenario({ title, name, kind, brings = [], framework, example }, folder, tarballs) {
  mkdirSync(folder);
  const expected = [...runtimePackages, ...brings];
  const own = [...new Set([...expected, name])].filter((needed) => tarballs.has(needed));
  const local = Object.fromEntries(own.map((needed) => [needed, `file:${tarballs.get(needed)}`]));
  await installWithNpm(folder, { ...local, ...framework });
  const outcomes = [
    judge(`${title} brings nothing but ${expected.join(', ')}`, findForeignPackages(folder, name, expected)),
  ];
  await installWithNpm(folder, example);
  outcomes.push(judge(`${title} runs the example of its README`, await runExample(folder, name, kind)));
  return combine(outcomes);
}

function findForeignPackages(folder, name, expected) {
  const extra = [...listRuntimePackages(folder, name)].filter(
    (found) => found !== name && !expected.includes(found),
  );
  const hasZod = isInstalled(folder, 'zod') && !expected.includes('zod');
  return [...extra.map((found) => `${found} comes with it`), ...(hasZod ? ['zod is installed'] : [])];
}

async function runExample(folder, name, kind) {
  const issuer = await startStubIssuer();
  let running;
  try {
    const port = await findFreePort();
    const { path, resource } = writeExample(folder, name, { issuer: issuer.issuer, port });
    running = kind === 'fetch' ? await loadFetchExample(path) : await startServerExample(path, port);
    return await findExampleProblems(running.send, resource, issuer);
  } catch (error) {
    return [error.stack ?? String(error)];
  } finally {
    await running?.stop();
    issuer.close();
  }
}
