import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonSchemaFormats } from '../src/index.js';
import { arbitraryDocument, asJson } from './support/arbitrary-document.js';
import { documentsUnderTest } from './support/documents.js';
import { agree, ajvs, ours, zods } from './support/verdicts.js';

/** Documents per kind; `npm run test:long` tries more. Lower it while hunting a fault; raise it to look harder. */
const numRuns = Number(process.env['DIFFERENTIAL_RUNS'] ?? (process.env['SOAK'] === 'full' ? 20_000 : 4_000));
const seed = process.env['DIFFERENTIAL_SEED'];
const settings = { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) };

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: jsonSchemaFormats });
const schemaOf = (file: string): object =>
  JSON.parse(readFileSync(new URL(`../json-schema/${file}.json`, import.meta.url), 'utf8')) as object;

describe.each(documentsUnderTest)('$id: whatever the document', ({ schema, model, validate }) => {
  it(
    'the generated validator says what zod says, issue for issue and path for path',
    { timeout: 120_000 },
    () => {
      let valid = 0;
      fc.assert(
        fc.property(arbitraryDocument(model), (input) => {
          const issues = validate(input);
          if (issues.length === 0) valid++;
          const [mine, oracle] = [ours(issues), zods(schema, input)];
          if (!agree(mine, oracle)) expect(mine).toEqual(oracle);
        }),
        settings,
      );
      expect(valid / numRuns).toBeGreaterThan(0.1);
      expect(valid / numRuns).toBeLessThan(0.9);
    },
  );

  it('the JSON Schema says the same of it as JSON', { timeout: 120_000 }, () => {
    const check = ajv.compile(schemaOf(model.file));
    fc.assert(
      fc.property(arbitraryDocument(model), (input) => {
        const json = asJson(input);
        const mine = ours(validate(json));
        const theirs = check(json) ? [] : ajvs(check.errors ?? []);
        if (!agree(mine, theirs)) expect(mine).toEqual(theirs);
      }),
      settings,
    );
  });
});
