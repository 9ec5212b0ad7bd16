import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readClause } from '../../src/documents/clause.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Where each requirement stands, as the catalogue has it. */
const clauses = new Map(
  readFileSync(`${root}scripts/checks/requirements/catalogue.tsv`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([id = '', , , , source = '', section = '']) => {
      const standard = source.replace(/ section [\d.]+$/, '');
      return [id, /^\d/.test(section) ? `${standard} §${section}` : `${standard}, ${section}`] as const;
    }),
);

const folder = `${root}packages/schemas/src/`;

/** Every id that a finding about a document may have. */
const ids = new Set(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => readFileSync(folder + name, 'utf8').match(/'[A-Z][\w.-]*-\d\d\d?'/g) ?? [])
    .map((text) => text.slice(1, -1))
    .filter((id) => clauses.has(id) || /^(?:RFC|OIDC|MCP|OAUTH)/.test(id)),
);

test('every id of a finding about a document is read as the clause that it stands for', () => {
  expect(ids.size).toBeGreaterThan(30);
  expect([...ids].map((id) => [id, readClause(id)])).toEqual([...ids].map((id) => [id, clauses.get(id)]));
});

test('where there is no id, the section of the standard is', () => {
  expect(readClause('RFC 8414 section 2')).toBe('RFC 8414 §2');
});
