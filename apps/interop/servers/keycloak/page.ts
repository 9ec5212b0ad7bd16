import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = fileURLToPath(new URL('../../../../docs/providers/keycloak.md', import.meta.url));

/** The numbered sentences of a section of the page about Keycloak, each on one line. */
export function readSteps(section: string): readonly string[] {
  const lines = readFileSync(page, 'utf8').split('\n');
  const start = lines.findIndex((line) => line.endsWith(`{#${section}}`));
  if (start === -1) throw new Error(`the page has no section ${section}`);
  const steps: string[] = [];
  for (const line of lines.slice(start + 1)) {
    if (line.startsWith('#')) break;
    const [, step] = /^\d+\. (.*)$/.exec(line) ?? [];
    if (step !== undefined) steps.push(step);
    else if (line.startsWith('   ') && steps.length > 0) steps.push(`${steps.pop() ?? ''} ${line.trim()}`);
  }
  return steps;
}
