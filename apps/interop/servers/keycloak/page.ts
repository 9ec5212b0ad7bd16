import { describe, expect, test } from 'vitest';
import type { PageStep } from './page-steps.js';
import type { Realm } from './realm.js';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = fileURLToPath(new URL('../../../../docs/providers/keycloak.md', import.meta.url));

/** The numbered sentences of a section of the page about Keycloak, each on one line. */
function readSteps(section: string): readonly string[] {
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

/** The token that the page shows. */
export function readTokenOfPage(): {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
} {
  const [, json = ''] = /\{#token\}[^]*?```json\n([^]*?)```/.exec(readFileSync(page, 'utf8')) ?? [];
  return JSON.parse(json) as ReturnType<typeof readTokenOfPage>;
}

/** Takes steps of the page, after a look at whether the page has these and no others. */
export function describeSteps(steps: readonly PageStep[], realm: () => Realm): void {
  describe('every step of the page', () => {
    test.each([...new Set(steps.map(({ section }) => section))])(
      '{#%s} is taken here, in the same order',
      async (section) => {
        const taken = steps.filter((step) => step.section === section);
        const written = readSteps(section);
        expect(written).toHaveLength(taken.length);
        for (const [index, { says, run }] of taken.entries()) {
          expect(written[index]).toContain(says);
          await run(realm());
        }
      },
    );
  });
}
