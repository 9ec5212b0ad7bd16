import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as published from 'mcp-auth-published';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as ours from '../src/index.js';
import { sendJson } from './support/issuer.js';
import { readSample, runSample } from './support/run-sample.js';
import { foreign, World, type App, type Package } from './support/world.js';

const read = (relative: string) => readFileSync(new URL(relative, import.meta.url), 'utf8');
const page = read('../../../docs/upgrade/samples-of-mcp-auth-0.2.md');

/** The table of the page: how many edits each sample needs, by the id of its section. */
const table = new Map(
  [...page.matchAll(/^\| \[[^\]]+\]\(#(sample-[\w-]+)\)[^|]*\|\s*(\d+) \|/gm)].map(([, id, edits]) => [
    id!,
    Number(edits),
  ]),
);

const before = published as unknown as Package;
const jwt = (claims: Record<string, unknown>) => (world: World) =>
  world.issuer.sign({ scope: 'read write', ...claims });
const opaque = (token: string) => () => Promise.resolve(token);

interface Expected {
  /** A token that the sample is meant for, and what it must not let in. */
  readonly good: (world: World) => Promise<string>;
  readonly bad: (world: World) => Promise<string>;
  /** What becomes of it here without the edits; absent where it needs none. */
  readonly unedited?: 'an error at start' | 'all refused';
  /** Names what is missing, in the message of that error. */
  readonly says?: RegExp;
  readonly paths?: readonly string[];
}

const resource = 'https://api.example.com/notes';
const expected: Readonly<Record<string, Expected>> = {
  'sample-resource': { good: jwt({ aud: resource }), bad: jwt({ aud: foreign }) },
  'sample-own-keys': { good: jwt({ aud: resource }), bad: jwt({ aud: foreign }) },
  'sample-metadata': {
    good: jwt({ aud: resource }),
    bad: jwt({ aud: foreign }),
    paths: ['/notes/0', '/notes/1', '/notes/2', '/notes/3', '/notes/4'],
  },
  'sample-readme': {
    good: jwt({ aud: 'https://api.example.com' }),
    bad: jwt({ aud: foreign }),
    unedited: 'an error at start',
    says: /audience: is required.*#audience-required$/,
  },
  'sample-legacy': {
    good: jwt({ aud: 'https://api.example.com' }),
    bad: jwt({ aud: foreign }),
    unedited: 'an error at start',
    says: /audience: is required.*#audience-required$/,
  },
  'sample-whoami': {
    good: opaque('good'),
    bad: opaque('bad'),
    unedited: 'an error at start',
    says: /audience: is required.*#audience-required$/,
  },
  'sample-function': { good: opaque('opaque'), bad: opaque('bad'), unedited: 'all refused' },
  'sample-jose': {
    good: jwt({ aud: resource }),
    bad: jwt({ aud: foreign }),
    unedited: 'an error at start',
    says: /^remoteJwtSet: .*Did you mean remoteJwkSet\?.*#unknown-options$/,
  },
};

async function createWorld(pkg: Package): Promise<World> {
  const world = await World.start(pkg);
  world.issuer.metadata = { ...world.issuer.metadata, userinfo_endpoint: `${world.issuer.issuer}/userinfo` };
  world.issuer.answers.set('/userinfo', (request, response) => {
    if (request.headers.authorization === 'Bearer good') sendJson(response, { sub: 'user-1' });
    else response.writeHead(401).end();
  });
  return world;
}

describe('[contract row 15] the samples of 0.2, as the upgrade page has them', () => {
  const worlds: World[] = [];
  beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
  afterEach(async () => {
    vi.restoreAllMocks();
    await Promise.all(worlds.splice(0).map((world) => world.close()));
  });

  const start = async (pkg: Package, code: string): Promise<{ world: World; app: App }> => {
    const world = await createWorld(pkg);
    worlds.push(world);
    return { world, app: await runSample(code, pkg, world) };
  };
  const ask = async (app: App, path: string, token?: string) => {
    const headers = token === undefined ? {} : { headers: [['Authorization', `Bearer ${token}`] as const] };
    return (await app.get(path, headers)).status;
  };

  test('are all in its table, which counts their edits', () => {
    expect([...table.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [id, edits] of table) expect([id, readSample(page, id).edits]).toEqual([id, edits]);
  });

  test.each(Object.entries(expected))('%s, on 0.2.0 as it was', async (id, { good, paths = ['/notes'] }) => {
    const { world, app } = await start(before, readSample(page, id).before);
    const token = await good(world);
    for (const path of paths) expect(await ask(app, path, token)).toBe(200);
    expect(await ask(app, paths[0]!)).toBe(401);
  });

  test.each(Object.entries(expected).filter(([, { unedited }]) => unedited === 'an error at start'))(
    '%s does not start here without its edits, and says which',
    async (id, { says }) => {
      await expect(start(ours, readSample(page, id).before)).rejects.toThrow(says);
    },
  );

  test.each(Object.entries(expected).filter(([, { unedited }]) => unedited === 'all refused'))(
    '%s starts here without its edits, and lets nobody in',
    async (id, { good }) => {
      const { world, app } = await start(ours, readSample(page, id).before);
      expect(await ask(app, '/notes', await good(world))).toBe(401);
    },
  );

  test.each(Object.entries(expected))(
    '%s, here as it is now',
    async (id, { good, bad, paths = ['/notes'] }) => {
      const { world, app } = await start(ours, readSample(page, id).after);
      const tokens = [await bad(world), await good(world)];
      for (const path of paths) {
        expect(await Promise.all(tokens.map((token) => ask(app, path, token)))).toEqual([401, 200]);
      }
      expect(await ask(app, paths[0]!)).toBe(401);
    },
  );

  test('compile: as they were on both packages, and as they are now here', () => {
    const samples = Object.keys(expected).map((id) => [id, readSample(page, id)] as const);
    // What 0.2 passed over at run time was an error of its types, too
    const typed = samples.filter(([id]) => id !== 'sample-jose');
    const forms = new Map([
      ...typed.map(([id, { before: code }]) => [`${id}-before`, code] as const),
      ...samples.map(([id, { after: code }]) => [`${id}-after`, code] as const),
    ]);
    expect(findErrors(forms, '../src/index.ts')).toEqual([]);
    const old = new Map([...forms].filter(([name]) => name.endsWith('-before')));
    expect(findErrors(old, '../node_modules/mcp-auth-published/lib/index.d.ts')).toEqual([]);
  });
});

describe('[contract row 15] what the README says of an upgrade', () => {
  const readme = read('../README.md');

  test('is no promise that nothing has to be edited', () => {
    for (const text of [readme, page]) expect(/runs? unchanged|stays as it is/.test(text)).toBe(false);
  });

  test('leads to the samples and what each needs', () => {
    expect(readme.includes('docs/upgrade/samples-of-mcp-auth-0.2.md#samples')).toBe(true);
  });
});

/** Errors of samples that are compiled as files of this package, with `mcp-auth` led to one of the two. */
function findErrors(samples: ReadonlyMap<string, string>, target: string): readonly string[] {
  const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
  const files = new Map([...samples].map(([name, code]) => [path(`./samples/${name}.ts`), code]));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    paths: {
      'mcp-auth': [path(target)],
      '@mcp-auth/schemas': [path('../../schemas/src/index.ts')],
      '@mcp-auth/express': [path('../../express/src/index.ts')],
      '@mcp-auth/core': [path('../../core/src/index.ts')],
      '@mcp-auth/core/*': [path('../../core/src/*.ts')],
    },
  };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram({
    rootNames: [...files.keys()],
    options,
    host: {
      ...host,
      fileExists: (name) => files.has(name) || host.fileExists(name),
      readFile: (name) => files.get(name) ?? host.readFile(name),
      getSourceFile: (name, version, ...rest) => {
        const code = files.get(name);
        return code === undefined
          ? host.getSourceFile(name, version, ...rest)
          : ts.createSourceFile(name, code, version);
      },
    },
  });
  return [...files.keys()].flatMap((name) => {
    const source = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) => {
        const line = source!.getLineAndCharacterOfPosition(start).line + 1;
        return `${name.split('/').at(-1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      },
    );
  });
}
