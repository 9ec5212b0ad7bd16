import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as root from '../src/index.js';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');
const examples = readdirSync(new URL('../examples/', import.meta.url));

describe('the README', () => {
  it.each(examples)('shows the compiled example %s as it is', (name) => {
    expect(readme.includes(`<!-- example: ${name} -->\n\n\`\`\`ts\n${read(`examples/${name}`)}\`\`\``)).toBe(
      true,
    );
  });

  it('names only functions that exist', () => {
    const names = [...readme.matchAll(/`([a-z]\w+(?:Metadata|ForMcp|Defaults|Formats))`/g)].map(
      ([, name]) => name,
    );
    expect(names.filter((name) => name !== undefined && !(name in root))).toEqual([]);
  });
});
