import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileUriTemplate, isUriTemplate } from '../../src/operation/uri-template.js';
import { propertyRuns } from '../support/property.js';

describe('a URI template', () => {
  test.each([
    ['notes://{id}', 'notes://7/8'],
    ['notes://{id}', 'notes://'],
    ['notes://{id}', 'xnotes://7'],
    ['notes://{id}', 'notes:/7'],
    ['notes://{id}/data', 'notes://7/data/more'],
    ['notes://{id}/data', 'notes://7/datax'],
    ['a.b/{id}', 'axb/1'],
    ['a+/{id}', 'aa/1'],
    ['a|b/{id}', 'a'],
    ['(a)/{id}', 'a/1'],
  ])('[MCP-2026-07-28-RS-021] %s does not match %s', (template, uri) => {
    expect(compileUriTemplate(template)(uri)).toBeUndefined();
  });

  test.each([
    ['notes://{id}', 'notes://7', { id: '7' }],
    ['test://template/{id}/data', 'test://template/123/data', { id: '123' }],
    ['notes://{owner}/{id}', 'notes://ann/7?x=1', { owner: 'ann', id: '7?x=1' }],
    ['notes://{id}', 'notes://a%2Fb', { id: 'a%2Fb' }],
    ['notes://{id}', 'notes://line\nbreak', { id: 'line\nbreak' }],
    ['a.b/{id}', 'a.b/1', { id: '1' }],
    ['(a)/{id}', '(a)/1', { id: '1' }],
  ])('%s matches %s', (template, uri, variables) => {
    expect(compileUriTemplate(template)(uri)).toEqual(variables);
  });

  test('is told from a URI', () => {
    expect(['notes://{id}', '{a}{b}'].map(isUriTemplate)).toEqual([true, true]);
    expect(['notes://7', 'notes://{}', 'notes://}{'].map(isUriTemplate)).toEqual([false, false, false]);
  });

  test('matches what it was filled with', () => {
    const value = fc.stringMatching(/^[^/]{1,20}$/);
    fc.assert(
      fc.property(value, value, (owner, id) => {
        expect(compileUriTemplate('notes://{owner}/x/{id}')(`notes://${owner}/x/${id}`)).toEqual({
          owner,
          id,
        });
      }),
      { numRuns: propertyRuns },
    );
  });
});
