import { frameworks } from '../frameworks.js';
import type { Project } from '../project-options.js';

/** Settings of one machine, under all names that are usual, such as `.env.local` of Next.js. */
const secrets = ['.env', '.env.*', '!.env.example'];

/** `.gitignore`. */
export function formatGitignore(project: Project): string {
  return ['node_modules/', ...listBuilt(project), ...secrets, ''].join('\n');
}

/** `.dockerignore`: settings belong to a container, never into an image. */
export function formatDockerignore(project: Project): string {
  return [...secrets, '.git/', '.mcp-auth-dev/', 'node_modules/', ...listBuilt(project), ''].join('\n');
}

function listBuilt({ framework, language }: Project): string[] {
  const { host } = frameworks[framework];
  if (host === 'next') return ['.next/', 'next-env.d.ts', '*.tsbuildinfo'];
  return language === 'ts' ? ['dist/'] : [];
}
