import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const published = path('../node_modules/mcp-auth-published/lib/index.d.ts');
const ours = path('../src/index.ts');
const fixture = path('fixtures/every-export.ts');

/** Parsed once for all programs: most of the time goes into the declarations of Node and the DOM. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function createHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getSourceFile: (name, ...rest) => {
      if (!parsed.has(name)) parsed.set(name, host.getSourceFile(name, ...rest));
      return parsed.get(name);
    },
  };
}

/** The fixture, compiled with its imports of `mcp-auth` led to one of the two. */
function compile(target: string, more: ts.CompilerOptions = {}): ts.Program {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    paths: {
      'mcp-auth': [target],
      '@mcp-auth/schemas': [path('../../schemas/src/index.ts')],
      '@mcp-auth/express': [path('../../express/src/index.ts')],
      '@mcp-auth/core': [path('../../core/src/index.ts')],
      '@mcp-auth/core/*': [path('../../core/src/*.ts')],
    },
    ...more,
  };
  return ts.createProgram({ rootNames: [fixture], options, host: createHost(options) });
}

function findErrors(program: ts.Program): readonly string[] {
  const source = program.getSourceFile(fixture);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ messageText, start }) => {
      const line = source!.getLineAndCharacterOfPosition(start ?? 0).line + 1;
      return `${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    },
  );
}

interface Positions {
  readonly values: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
}

function isImportOfPackage(node: ts.Node): node is ts.ImportDeclaration {
  return ts.isImportDeclaration(node) && (node.moduleSpecifier as ts.StringLiteral).text === 'mcp-auth';
}

/** What `mcp-auth` exports, by the positions a name can stand in. */
function readExports(program: ts.Program): Positions {
  const checker = program.getTypeChecker();
  const { moduleSpecifier } = program.getSourceFile(fixture)!.statements.find(isImportOfPackage)!;
  const module = checker.getSymbolAtLocation(moduleSpecifier);
  const values = new Set<string>();
  const types = new Set<string>();
  for (const symbol of checker.getExportsOfModule(module!)) {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (target.flags & ts.SymbolFlags.Value) values.add(symbol.name);
    if (target.flags & ts.SymbolFlags.Type) types.add(symbol.name);
  }
  return { values, types };
}

/** Where the fixture uses what it imports from `mcp-auth`, its import aside. */
function readUses(program: ts.Program): Positions {
  const checker = program.getTypeChecker();
  const values = new Set<string>();
  const types = new Set<string>();
  const imported = new Set<ts.Symbol>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      if (!isImportOfPackage(node)) return;
      const { namedBindings } = node.importClause!;
      for (const { name } of (namedBindings as ts.NamedImports).elements)
        imported.add(checker.getSymbolAtLocation(name)!);
      return;
    }
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      const original = ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : symbol;
      if (original !== undefined && imported.has(original)) {
        const isType = ts.isPartOfTypeNode(node) && !ts.isTypeQueryNode(node.parent);
        (isType ? types : values).add(node.text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(program.getSourceFile(fixture)!);
  return { values, types };
}

describe('[contract row 15] code written for mcp-auth 0.2.0', () => {
  let old: ts.Program;
  let current: ts.Program;
  beforeAll(() => {
    old = compile(published);
    current = compile(ours);
  });

  test('is used here with every export of 0.2.0, as a value and as a type', () => {
    const exported = readExports(old);
    const used = readUses(old);
    expect([...exported.values].filter((name) => !used.values.has(name))).toEqual([]);
    expect([...exported.types].filter((name) => !used.types.has(name))).toEqual([]);
    expect(exported.values.size + exported.types.size).toBeGreaterThan(40);
  });

  test('compiles against 0.2.0 as it was published', () => expect(findErrors(old)).toEqual([]));

  test('compiles unchanged against this package', () => expect(findErrors(current)).toEqual([]));

  test('with exact optional properties, has no error that it did not have before', () => {
    const options = { exactOptionalPropertyTypes: true };
    const lines = (program: ts.Program) => findErrors(program).map((error) => error.split(':')[0]);
    expect(lines(compile(ours, options))).toEqual(lines(compile(published, options)));
  });

  test('finds every export of 0.2.0, in the same positions', () => {
    const before = readExports(old);
    const now = readExports(current);
    expect([...before.values].filter((name) => !now.values.has(name))).toEqual([]);
    expect([...before.types].filter((name) => !now.types.has(name))).toEqual([]);
  });
});

describe('[contract row 15] applications whose compiler does not read export maps', () => {
  // The default of `module: commonjs` up to TypeScript 5; 0.2 could be compiled with it
  test.each(['mcp-auth', 'express', 'core', 'schemas'])('find the types of %s', (folder) => {
    const manifest = JSON.parse(readFileSync(path(`../../${folder}/package.json`), 'utf8')) as {
      readonly exports: {
        readonly '.': { readonly require: { readonly types: string; readonly default: string } };
      };
      readonly types?: string;
      readonly main?: string;
    };
    const { types, default: main } = manifest.exports['.'].require;
    expect([manifest.types, manifest.main]).toEqual([types, main]);
  });
});
