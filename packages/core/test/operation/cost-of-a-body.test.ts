import { describe, expect, test } from 'vitest';
import { compileOperationPolicy } from '../../src/operation/operation-rules.js';
import { readMessages } from '../../src/operation/operation.js';
import { place } from '../support/place.js';

/** Templates that have much in common, and URIs that have much in common with them. */
const templates: readonly (readonly [string, (index: number) => string])[] = [
  ['that differ at their ends', (index) => `notes://{owner}/{id}/v${index}`],
  ['with a rest', (index) => `notes://{owner}/x{+path}v${index}`],
  [
    'with thirty placeholders',
    (index) => `notes://${Array.from({ length: 30 }, (_, at) => `{p${at}}a`).join('')}v${index}`,
  ],
  ['for files', (index) => `file:///private${index}/{+path}`],
];
const uris: readonly (readonly [string, string])[] = [
  ['slashes', 'notes://' + 'a/'.repeat(4000)],
  ['one letter', 'notes://' + 'a'.repeat(8000)],
  ['capitals', 'NOTES://' + 'A/'.repeat(4000)],
  ['encoded characters', 'notes://' + '%61'.repeat(2600)],
  ['dots', 'notes://' + 'a.'.repeat(4000)],
  ['question marks', 'notes://a/x' + '?'.repeat(8000)],
  ['at signs', 'notes://' + '@'.repeat(8000)],
  ['back slashes', 'notes://' + '\\'.repeat(8000)],
  ['characters to compose', 'notes://' + 'a\u0300'.repeat(4000)],
  ['characters that decompose', 'notes://' + '\u0344'.repeat(4000)],
  ['files', 'file:///' + 'private0/'.repeat(900)],
];
/** The largest bodies that are judged. How long that takes, `node benchmarks/run.mjs operations` says. */
const shapes: readonly (readonly [count: number, length: number])[] = [
  [100, 650],
  [8, 8190],
];

describe.each(templates)(
  '[MCP-2026-07-28-RS-030] the costliest bodies under 50 templates %s',
  (_what, template) => {
    const resources = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [template(index), ['notes:read']]),
    );
    const rules = compileOperationPolicy({ resources: { ...resources, '*': [] } }, 'operations', place);

    test.each(uris)('made of %s are judged', async (_of, uri) => {
      for (const [count, length] of shapes) {
        const batch = Array.from({ length: count }, (_, id) => ({
          id,
          method: 'resources/read',
          params: { uri: `${uri.slice(0, length - 3)}${id}` },
        }));
        const found = readMessages(batch);
        if (found.kind === 'malformed') throw new Error('not judged');
        const operations = found.messages.flatMap((message) =>
          message.kind === 'request' ? message.operations : [],
        );
        expect((await rules.judge(operations, { auth: undefined })).kind).toBe('needs');
      }
    });
  },
);
