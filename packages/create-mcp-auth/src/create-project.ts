import { packageManagers } from './package-managers.js';
import { planFiles } from './plan-files.js';
import { type ProjectOptions, readProject } from './project-options.js';
import { writeFiles } from './write-files.js';

/** A project that was written. */
export interface CreatedProject {
  /** Its absolute path. */
  readonly folder: string;
  readonly name: string;
  /** What was written, by path from the folder, with slashes. */
  readonly files: readonly string[];
  /** What to run there, in this order. */
  readonly commands: readonly string[];
  /** Variables in `.env` that have no value yet. The server does not start without them. */
  readonly missing: readonly string[];
}

/**
 * Writes a new MCP server that lets nobody in without an access token.
 *
 * Checks: its options, each for what the files, scripts and routes take it for, and that no file of the project is there already.
 * Does not check: that the authorization server exists, or is set up.
 *
 * @throws {CreateProjectError} `unknown_option`, `invalid_option`, `file_exists`; nothing was written then
 * @see {@link https://github.com/mcp-auth/mcp-auth/blob/main/docs/guide/create.md | Create a server}
 * @example
 * ```ts
 * import { createProject } from 'create-mcp-auth';
 *
 * const { commands } = await createProject({ folder: 'notes', framework: 'express', provider: 'dev' });
 * console.log(commands.join('\n'));
 * ```
 */
export async function createProject(options: ProjectOptions): Promise<CreatedProject> {
  const project = readProject(options);
  const files = await planFiles(project);
  await writeFiles(project.folder, files);
  const { install, run } = packageManagers[project.packageManager];
  return {
    folder: project.folder,
    name: project.name,
    files: [...files.keys()],
    commands: [install, ...(project.provider === 'dev' ? [`${run} issuer`] : []), `${run} dev`],
    missing: [...project.settings].filter(([, value]) => value === '').map(([name]) => name),
  };
}
