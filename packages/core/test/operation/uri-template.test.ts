import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UriTemplate } from '@modelcontextprotocol/server';
import {
  compileUriTemplate,
  isUriTemplate,
  type UriTemplate as Compiled,
} from '../../src/operation/uri-template.js';
import { propertyRuns } from '../support/property.js';

function compile(template: string): Compiled['match'] {
  const compiled = compileUriTemplate(template);
  return 'match' in compiled ? compiled.match : expect.fail(compiled.problem);
}

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
    expect(compile(template)(uri)).toBeUndefined();
  });

  test.each([
    ['notes://{id}', 'notes://7', { id: '7' }],
    ['test://template/{id}/data', 'test://template/123/data', { id: '123' }],
    ['notes://{owner}/{id}', 'notes://ann/7?x=1', { owner: 'ann', id: '7?x=1' }],
    ['notes://{id}', 'notes://a%2Fb', { id: 'a%2Fb' }],
    ['notes://{id}', 'notes://line\nbreak', { id: 'line\nbreak' }],
    ['a.b/{id}', 'a.b/1', { id: '1' }],
    ['(a)/{id}', '(a)/1', { id: '1' }],
    ['files:///{+path}', 'files:///', { path: '' }],
    ['files:///{+path}', 'files:///a/b', { path: 'a/b' }],
  ])('%s matches %s', (template, uri, variables) => {
    expect(compile(template)(uri)).toEqual(variables);
  });

  test('is told from a URI', () => {
    expect(['notes://{id}', '{a}{b}'].map(isUriTemplate)).toEqual([true, true]);
    expect(['notes://7', 'notes://{}', 'notes://}{'].map(isUriTemplate)).toEqual([false, true, true]);
  });

  test('matches what it was filled with', () => {
    const value = fc.stringMatching(/^[^/]{1,20}$/);
    fc.assert(
      fc.property(value, value, (owner, id) => {
        expect(compile('notes://{owner}/x/{id}')(`notes://${owner}/x/${id}`)).toEqual({
          owner,
          id,
        });
      }),
      { numRuns: propertyRuns },
    );
  });

  test.each(['{a}{b}', '{+a}/{b}', '{a*}', '{?a}', '{/a}', '{a', 'a}', '{}', '{a-b}', '{a:3}'])(
    '%s is told to be none that works',
    (template) => {
      expect(compileUriTemplate(`notes://${template}`)).toMatchObject({
        problem: expect.any(String) as string,
      });
    },
  );

  test('[MCP-2026-07-28-RS-030] whatever the official SDK takes for a resource of a template is judged as one', () => {
    const literal = fc.stringMatching(/^[ab/.-]{1,3}$/);
    const uri = fc.stringMatching(/^[ab/.-]{0,12}$/);
    const parts = fc.array(fc.tuple(literal, fc.constantFrom('x', 'y', 'z')), { minLength: 1, maxLength: 3 });
    const ending = fc.oneof(literal, fc.constant(''), fc.constant('/{+rest}'));
    let matches = 0;
    fc.assert(
      fc.property(
        parts,
        ending,
        uri,
        fc.array(uri, { minLength: 3, maxLength: 3 }),
        (pairs, end, tail, values) => {
          const template = `${pairs.map(([text, name], index) => `${text}{${name}${index}}`).join('')}${end}`;
          const filled = pairs.map(([text], index) => `${text}${values[index] ?? ''}`).join('');
          for (const candidate of [`${filled}${end.replace('{+rest}', tail)}`, `${filled}${tail}`]) {
            if (new UriTemplate(template).match(candidate) === null) continue;
            // Refused at start-up: a template with dot segments
            if ('problem' in compileUriTemplate(template)) continue;
            matches += 1;
            expect(compile(template)(candidate), `${template} ${candidate}`).toBeDefined();
          }
        },
      ),
      { numRuns: propertyRuns * 4 },
    );
    expect(matches).toBeGreaterThan(propertyRuns / 10);
  });

  test('takes time in proportion to the URI, however hostile', () => {
    const matcher = compile('notes://{a}-{b}-{c}-{d}-{e}/end');
    // Centuries where every combination is tried
    expect(matcher(`notes://${'-'.repeat(500_000)}`)).toBeUndefined();
  });
});
