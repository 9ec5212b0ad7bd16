#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ask, Cancelled } from './ask.js';
import { CreateProjectError } from './create-error.js';
import { type CreatedProject, createProject } from './create-project.js';
import { type Flags, readFlags, usage } from './flags.js';
import { detectPackageManager } from './package-managers.js';
import type { ProjectOptions } from './project-options.js';

async function run(args: readonly string[]): Promise<void> {
  const flags = readFlags(args);
  if (flags.help || flags.version) {
    say(flags.help ? usage : readVersion());
    return;
  }
  const options = await choose(flags);
  const packageManager = detectPackageManager(process.env['npm_config_user_agent']);
  say(report(await createProject({ ...options, packageManager })));
}

/** Where nobody can be asked, nothing is assumed: a script says what it wants, or that it wants the defaults. */
function choose(flags: Flags): Promise<ProjectOptions> | ProjectOptions {
  const { folder = 'my-mcp-server', framework, language, provider, resource, settings, yes } = flags;
  if (yes) return { folder, framework: framework ?? 'express', language, provider, resource, settings };
  if (process.stdin.isTTY && process.stdout.isTTY) return ask(flags);
  if (
    flags.folder !== undefined &&
    framework !== undefined &&
    language !== undefined &&
    provider !== undefined
  )
    return { folder, framework, language, provider, resource, settings };
  throw new CreateProjectError(
    'invalid_option',
    `There is no terminal to ask at. Name folder, --framework, --language and --provider, or take the defaults with --yes.\n\n${usage}`,
  );
}

function report({ folder, files, commands, missing }: CreatedProject): string {
  const path = relative(process.cwd(), folder);
  const [install, ...starts] = commands;
  const cd = path === '' ? [] : [`cd ${quote(path)}`];
  return [
    `Wrote ${files.length} files to ${folder}:`,
    ...files.map((file) => `  ${file}`),
    '',
    ...(missing.length === 0
      ? []
      : [`Fill in ${missing.join(', ')} in .env. README.md says where they come from.`]),
    'Next:',
    ...[...cd, install, ...starts].map((command) => `  ${command}`),
    ...(starts.length > 1 ? ['', 'The last two in a terminal each. Both keep running.'] : []),
    'Then README.md: how to log in with a client.',
    '',
  ].join('\n');
}

/** A path as shells take it, on Windows too. */
function quote(path: string): string {
  const shown = JSON.stringify(path).slice(1, -1).replaceAll('\\\\', '\\');
  return /^[\w./\\:~-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return `${(JSON.parse(text) as { version: string }).version}\n`;
}

function say(text: string): void {
  process.stdout.write(text);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  if (error instanceof CreateProjectError) console.error(error.message);
  else if (error instanceof Cancelled) console.error('Nothing was written.');
  else throw error;
}
