import { readFileSync, writeFileSync } from 'node:fs';

// The bundler of declarations drops comments, and this one lets people compile who have no official SDK installed
for (const name of ['index.d.ts', 'index.d.cts']) {
  const path = new URL(`dist/${name}`, import.meta.url);
  const marked = readFileSync(path, 'utf8').replaceAll(
    /^(?:import .+ from|declare module) '@modelcontextprotocol\/sdk\/.+$/gm,
    (line) => `// @ts-ignore\n${line}`,
  );
  if (marked.split('// @ts-ignore').length !== 3)
    throw new Error(`${path.pathname} names the SDK in another way.`);
  writeFileSync(path, marked);
}
