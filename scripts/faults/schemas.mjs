const server = 'packages/schemas/src/generated/validators/server-metadata.ts';
const resource = 'packages/schemas/src/generated/validators/protected-resource-metadata.ts';
const checks = 'packages/schemas/src/runtime/checks.ts';

/** One-character faults, in generated code and in what it stands on. */
const list = [
  {
    name: 'a member read under another name',
    file: server,
    search: 'o.jwks_uri) !== undefined',
    replace: 'o.jwks_urj) !== undefined',
  },
  {
    name: 'a fault reported at another path',
    file: server,
    search: "!== undefined) url(v, 'jwks_uri', r)",
    replace: "!== undefined) url(v, 'jwks_urj', r)",
  },
  {
    name: 'a presence test turned round',
    file: server,
    search: '((v = o.issuer) === undefined)',
    replace: '((v = o.issuer) !== undefined)',
  },
  {
    name: 'an optional member skipped',
    file: server,
    search: '((v = o.scopes_supported) !== undefined)',
    replace: '((v = o.scopes_supported) === undefined)',
  },
  {
    name: 'one report for another',
    file: server,
    search: "missing('subject_types_supported', r)",
    replace: "missing('subject_type_supported', r)",
  },
  {
    name: 'a URL that need not be one',
    file: resource,
    search: "url(v, 'resource_tos_uri', r)",
    replace: "text(v, 'resource_tos_uri', r)",
  },
  {
    name: 'the first element not looked at',
    file: checks,
    search: 'let index = 0; index < count; index++) {\n    if',
    replace: 'let index = 1; index < count; index++) {\n    if',
  },
  {
    name: 'the last element not looked at',
    file: checks,
    search: 'let index = 0; index < count; index++) {\n    if',
    replace: 'let index = 0; index < count - 1; index++) {\n    if',
  },
  {
    name: 'one element too many',
    file: checks,
    search: 'length <= MAX_ELEMENTS',
    replace: 'length < MAX_ELEMENTS',
  },
  {
    name: 'a blank allowed in URLs',
    file: 'packages/schemas/src/runtime/absolute-url.ts',
    search: '\\x00-\\x20',
    replace: '\\x00-\\x1f',
  },
  {
    name: 'an empty JWS segment allowed',
    file: 'packages/schemas/src/runtime/compact-jws.ts',
    search: '\\.[A-Za-z0-9_-]+$',
    replace: '\\.[A-Za-z0-9_-]*$',
  },
  {
    name: 'a nested path without its member',
    file: checks,
    search: '[...report.at, name]',
    replace: 'report.at',
  },
];

export const faults = list.map((fault) => ({ ...fault, suite: 'schemas' }));
