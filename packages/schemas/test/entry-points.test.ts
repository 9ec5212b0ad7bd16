import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

interface Bundle {
  readonly text: string;
  readonly gzipped: number;
  readonly external: readonly string[];
  readonly inputs: readonly string[];
}

const options = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  external: ['zod'],
  write: false,
  metafile: true,
} as const satisfies BuildOptions;

/** The one file of an entry point, as it is published. */
async function publish(entry: string): Promise<string> {
  const { outputFiles } = await build({ ...options, entryPoints: [`${src}/${entry}`], minify: true });
  return outputFiles[0]?.text ?? '';
}
const published = { 'index.ts': publish('index.ts'), 'zod.ts': publish('zod.ts') };

/** What an application's bundler makes of an import from the published file. */
async function bundle(imports: string, from: keyof typeof published = 'index.ts'): Promise<Bundle> {
  const contents = await published[from];
  const { outputFiles, metafile } = await build({
    ...options,
    minify: true,
    stdin: { contents: `export { ${imports} } from 'published';`, loader: 'js' },
    plugins: [
      {
        name: 'published',
        setup: (plugin) => {
          plugin.onResolve({ filter: /^published$/ }, () => ({
            path: 'published',
            namespace: 'memory',
            sideEffects: false,
          }));
          plugin.onLoad({ filter: /./, namespace: 'memory' }, () => ({ contents, loader: 'js' }));
        },
      },
    ],
  });
  const text = outputFiles[0]?.text ?? '';
  return {
    text,
    gzipped: gzipSync(text, { level: 9 }).length,
    external: Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path)),
    inputs: Object.keys(metafile.inputs),
  };
}

const everything = [...readFileSync(`${src}/index.ts`, 'utf8').matchAll(/^export \{([^}]*)\}/gm)]
  .flatMap(([, names = '']) => names.split(','))
  .map((name) => name.trim())
  .filter((name) => name !== '' && !name.startsWith('type '));

describe('@mcp-auth/schemas', () => {
  it('needs nothing but itself: no package, no node: module, no zod', async () => {
    const { external, inputs } = await bundle(everything.join(', '));
    expect(external).toEqual([]);
    expect(inputs.filter((path) => path.includes('node_modules'))).toEqual([]);
  });

  it('compiles nothing at run time, so a page without unsafe-eval can use it', async () => {
    const { text } = await bundle(everything.join(', '));
    expect(/\beval\b|\bFunction\(|WebAssembly/.exec(text)?.[0]).toBeUndefined();
  });

  it.each([
    'validateAuthorizationServerMetadata',
    'validateOpenIDProviderMetadata',
    'validateProtectedResourceMetadata',
    'parseAuthorizationServerMetadata, authorizationServerMetadataToCamelCase, authorizationServerMetadataToWire',
  ])('costs at most 4 kB for one document type: %s', async (imports) => {
    expect((await bundle(imports)).gzipped).toBeLessThanOrEqual(4_000);
  });

  it('costs at most 4 kB for all that a resource server uses of it', async () => {
    const used = [
      'validateAuthorizationServerMetadata, validateOpenIDProviderMetadata, validateProtectedResourceMetadata',
      'authorizationServerMetadataToCamelCase, authorizationServerMetadataToWire',
      'openIDProviderMetadataToCamelCase, openIDProviderMetadataToWire',
      'protectedResourceMetadataToCamelCase, protectedResourceMetadataToWire',
      'MetadataError',
    ];
    expect((await bundle(used.join(', '))).gzipped).toBeLessThanOrEqual(4_000);
  });

  it('leaves the other documents out when one is imported', async () => {
    const { text } = await bundle('validateProtectedResourceMetadata');
    expect(text.includes('bearer_methods_supported')).toBe(true);
    expect(/token_endpoint|introspection/.exec(text)?.[0]).toBeUndefined();
  });

  it('leaves lint and the MCP check out when only validating', async () => {
    const { text } = await bundle('validateAuthorizationServerMetadata');
    expect(/mcp-|RFC8414-/.exec(text)?.[0]).toBeUndefined();
  });
});

describe('@mcp-auth/schemas/zod', () => {
  it('needs zod and nothing else', async () => {
    const { external } = await bundle(
      'authorizationServerMetadataSchema, protectedResourceMetadataSchema',
      'zod.ts',
    );
    expect(new Set(external)).toEqual(new Set(['zod']));
  });
});
