import express, { type Express } from 'express';
import * as jose from 'jose';
import ts from 'typescript';
import type { App, Package, World } from './world.js';

/** A sample of the upgrade page: how 0.2 had it, and how it is written now; both the same where it needs no edit. */
export interface Sample {
  readonly before: string;
  readonly after: string;
  readonly edits: number;
}

/** The code below the heading with this id: TypeScript that goes on as it is, or a diff. */
export function readSample(page: string, id: string): Sample {
  const [, section = ''] =
    new RegExp(`^#+ .+ \\{#${id}\\}$([\\s\\S]*?)(?=^#+ |$(?![^]))`, 'm').exec(page) ?? [];
  const [, language, code = ''] = /^```(ts|diff)\n([\s\S]*?)^```$/m.exec(section) ?? [];
  if (language === 'ts') return { before: code, after: code, edits: 0 };
  if (language !== 'diff') throw new Error(`The page has no code below {#${id}}.`);
  const lines = code.split('\n');
  const without = (mark: string) =>
    lines
      .filter((line) => !line.startsWith(mark))
      .map((line) => line.slice(1))
      .join('\n');
  return {
    before: without('+'),
    after: without('-'),
    edits: lines.filter((line) => line.startsWith('+')).length,
  };
}

type Run = (load: (name: string) => unknown) => Promise<void>;
const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
  ...args: string[]
) => Run;

/** Runs a sample on a package, with the world's issuer in place of its own, and returns the application that it listens with. */
export async function runSample(code: string, pkg: Package, world: World): Promise<App> {
  const apps: Express[] = [];
  const createApp = () => {
    const app = express();
    app.set('env', 'test');
    apps.push(app);
    return Object.assign(app, { listen: () => undefined });
  };
  const modules: Readonly<Record<string, unknown>> = {
    express: { default: createApp },
    jose,
    'mcp-auth': pkg,
  };
  const { outputText } = ts.transpileModule(
    code.replaceAll('https://auth.example.com', world.issuer.issuer),
    {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    },
  );
  await new AsyncFunction('load', toStatements(outputText))((name) => modules[name]);
  const [app, ...more] = apps;
  if (app === undefined || more.length > 0) throw new Error('A sample has one application.');
  return world.serve((server) => server.use(app));
}

/** Imports as what an async function can hold. */
function toStatements(module: string): string {
  const imports = /^import (?:(\w+)|(\{[^}]+\})) from '([\w-]+)';$/gm;
  return module.replaceAll(imports, (_line, name: string | undefined, names: string, from: string) =>
    name === undefined
      ? `const ${names} = load('${from}');`
      : `const { default: ${name} } = load('${from}');`,
  );
}
