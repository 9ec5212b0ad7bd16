// A new adapter, green but for its binding: pnpm new:adapter koa [--title Koa] [--framework koa@^3.0.0]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatText } from './lib/format-text.mjs';
import { readProjectFile, root } from './lib/project.mjs';
import { writeLists } from './new-adapter/lists.mjs';
import { findMistake, writePackage } from './new-adapter/package.mjs';

/**
 * The files that a new adapter needs, and those that name it.
 *
 * @param {import('./new-adapter/package.mjs').Adapter} adapter
 * @param {(path: string) => string | undefined} read
 * @returns {Promise<Record<string, string>>} text by path
 */
export async function createAdapter(adapter, read) {
  const files = { ...writePackage(adapter, read), ...writeLists(adapter, read) };
  const formatted = Object.entries(files).map(async ([path, text]) => {
    const isFormatted = /\.(?:ts|mjs|json|md)$/.test(path) && !path.startsWith('.changeset/');
    return [path, isFormatted ? await formatText(path, text) : text];
  });
  return Object.fromEntries(await Promise.all(formatted));
}

const left = (name) => `packages/${name} is there, and the lists of the checks name it.

1. Write packages/${name}/src/binding.ts: docs/write-an-adapter.md says what each function must do.
2. Put the types of the framework into src/middleware.ts and test/support/create-app.ts, and what is special about it into src/mcp-auth.ts and README.md.
3. npx pnpm@10.34.9 install, npx pnpm@10.34.9 build, npx vitest run packages/${name}
4. node scripts/checks/api-report.mjs --write
5. A sample in apps/examples/src, quoted by the README, and its scenario in scripts/checks/packed/scenarios.mjs.`;

if (process.argv[1] === import.meta.filename) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { title: { type: 'string' }, framework: { type: 'string' } },
  });
  const [name = '', ...others] = positionals;
  const adapter = { name, title: values.title, framework: values.framework };
  const mistake =
    others.length > 0 ? 'One adapter at a time, please.' : findMistake(adapter, readProjectFile);
  if (mistake !== undefined) {
    console.error(
      `${mistake}\nUsage: pnpm new:adapter <name> [--title "Its name"] [--framework package@^1.0.0]`,
    );
    process.exitCode = 1;
  } else {
    for (const [path, text] of Object.entries(await createAdapter(adapter, readProjectFile))) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    console.log(left(name));
  }
}
