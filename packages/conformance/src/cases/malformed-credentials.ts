import type { ConformanceCase } from '../case.js';
import { allowed, call, invalidRequest, withAuthorization } from './case-parts.js';

const token68 = ['RFC6750-2.1-02', 'RFC6750-3.1-01', 'MCP-2026-07-28-RS-020'] as const;
const oneField = ['RFC9110-11.6.2-01', 'RFC6750-3.1-01', 'OAUTH21-5.3.2-01'] as const;

const malformed: readonly (readonly [
  id: string,
  what: string,
  requirements: readonly string[],
  fields: readonly string[],
])[] = [
  ['tab', 'a tab between scheme and token', token68, ['Bearer\t{token}']],
  ['no-space', 'a colon between scheme and token', token68, ['Bearer:{token}']],
  ['second-word', 'a second word', token68, ['Bearer {token} {token}']],
  ['parameters', 'parameters behind the token', token68, ['Bearer {token}, realm="mcp"']],
  ['quoted', 'a token in quotes', token68, ['Bearer "{token}"']],
  ['comma', 'two tokens with a comma', token68, ['Bearer {token},{token}']],
  ['equals-inside', 'an equals sign inside the token', token68, ['Bearer a=b.{token}']],
  ['only-equals', 'a token of equals signs', token68, ['Bearer ==']],
  ['percent', 'a percent-encoded token', token68, ['Bearer %65{token}']],
  ['not-ascii', 'a letter that is not ASCII', [...token68, 'RFC9110-5.5-01'], ['Bearer {token}é']],
  ['two-fields', 'two Authorization headers', oneField, ['Bearer {token}', 'Bearer {token}']],
  [
    'two-fields-other-first',
    'a header of another scheme in front',
    oneField,
    ['Basic dXNlcg==', 'Bearer {token}'],
  ],
  [
    'two-fields-other-last',
    'a header of another scheme behind',
    oneField,
    ['Bearer {token}', 'Basic dXNlcg=='],
  ],
  ['joined-fields', 'two credentials joined by a comma', oneField, ['Bearer {token}, Bearer {token}']],
];

/** Requests that are wrong in form, the token in them is good. */
export const malformedCredentialsCases: readonly ConformanceCase[] = [
  ...malformed.map(([id, what, requirements, authorization]): ConformanceCase => ({
    id: `malformed-${id}`,
    title: `${what}: the request is malformed, and the token is not used`,
    requirements,
    profile: 'single',
    request: withAuthorization(...authorization),
    expect: invalidRequest,
  })),
  {
    id: 'malformed-costs-nothing',
    title: 'a malformed request causes no request to an authorization server',
    requirements: ['RFC6750-2.1-02'],
    profile: 'single',
    request: withAuthorization('Bearer {token} {token}'),
    expect: { ...invalidRequest, fetches: { primary: { any: 0 } } },
  },
  {
    id: 'well-formed-beside-malformed',
    title: 'a well-formed request is let in after a malformed one',
    requirements: ['RFC9110-11.6.2-01', 'RFC6750-2.1-01'],
    profile: 'single',
    before: [{ request: withAuthorization('Bearer {token}', 'Bearer {token}'), expect: invalidRequest }],
    request: call(),
    expect: allowed,
  },
];
