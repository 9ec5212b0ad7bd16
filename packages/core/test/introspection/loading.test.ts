import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const staticImport = /^(?:import|export) (?!type )[^;]*?from '([^']+)';/gms;

/** Everything that is loaded with a module: our files, and packages by their names. */
function loadedWith(entry: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const pending = [join(src, entry)];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    const name = relative(src, file);
    if (seen.has(name)) continue;
    seen.add(name);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(staticImport)) {
      if (specifier.startsWith('.')) pending.push(join(dirname(file), specifier.replace(/\.js$/, '.ts')));
      else seen.add(specifier);
    }
  }
  return seen;
}

test.each(['fetch.ts', 'adapter.ts'])(
  '%s does not carry what asks: it is loaded with the first opaque token',
  (entry) => {
    const loaded = loadedWith(entry);
    expect(loaded).toContain('engine/verifier-factory.ts');
    expect(loaded).toContain('introspection/lazy-introspector.ts');
    expect(loaded).not.toContain('introspection/introspector.ts');
    expect(loaded).not.toContain('introspection/private-key-jwt.ts');
    expect(loaded).not.toContain('jose/jwt/sign');
    expect(loadedWith('introspection/introspector.ts')).not.toContain('jose/jwt/sign');
  },
);
