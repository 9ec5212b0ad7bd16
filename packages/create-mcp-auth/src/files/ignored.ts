import { frameworks } from '../frameworks.js';
import type { Project } from '../project-options.js';

/** `.gitignore`. */
export function formatGitignore(project: Project): string {
  return ['node_modules/', ...listBuilt(project), '.env', ''].join('\n');
}

/** `.dockerignore`: settings belong to a container, never into an image. */
export function formatDockerignore(project: Project): string {
  return ['.env', '.git/', '.mcp-auth-dev/', 'node_modules/', ...listBuilt(project), ''].join('\n');
}

function listBuilt({ framework, language }: Project): string[] {
  const { host } = frameworks[framework];
  if (host === 'next') return ['.next/', 'next-env.d.ts', '*.tsbuildinfo'];
  return language === 'ts' ? ['dist/'] : [];
}
