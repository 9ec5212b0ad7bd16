/** Faults in what a server answers: the challenge, the status, the place of the metadata. */
export const faults = [
  {
    name: 'quote not escaped',
    file: 'packages/core/src/challenge/format-challenge.ts',
    search: String.raw`printable.replaceAll(/["\\]/g, '\\$&')`,
    replace: 'printable',
    requirements: ['RFC9110-5.5-01', 'RFC6750-3-05'],
    suite: 'challenge-text',
  },
  {
    name: 'resource_metadata relative',
    file: 'packages/core/src/challenge/format-challenge.ts',
    search: '`resource_metadata=${quote(resourceMetadata)}`',
    replace: '`resource_metadata=${quote(new URL(resourceMetadata).pathname)}`',
    requirements: ['RFC9728-5.1-01', 'MCP-2025-06-18-RS-005'],
  },
  {
    name: '403 without scope',
    file: 'packages/core/src/challenge/refusals.ts',
    search: '    scope: scopes,\n',
    replace: '',
    requirements: ['MCP-2026-07-28-RS-021'],
  },
  {
    name: '401 with error and no credentials',
    file: 'packages/core/src/challenge/refusals.ts',
    search: 'formatChallenge({ scope: context.scopes,',
    replace: "formatChallenge({ error: 'invalid_token', scope: context.scopes,",
    requirements: ['RFC6750-3.1-04'],
  },
  {
    name: 'wrong metadata path',
    file: 'packages/core/src/resource/metadata-url.ts',
    search: 'return `${segment}${path}${resource.search}`;',
    replace: 'return `${path}${segment}${resource.search}`;',
    requirements: ['RFC9728-3-01', 'RFC9728-5.1-01'],
  },
  {
    name: 'scope any-of instead of all-of',
    file: 'packages/core/src/policy/scope-hierarchy.ts',
    search: 'covers: (granted, required) => required.every((scope) => granted.includes(scope)),',
    replace:
      'covers: (granted, required) => required.length === 0 || required.some((scope) => granted.includes(scope)),',
    requirements: ['OAUTH21-5-01'],
  },
  {
    name: 'outage blamed on the token',
    file: 'packages/core/src/verifier/jwt-verifier.ts',
    search: "if (lookup.kind === 'unavailable') return lookup;",
    replace: "if (lookup.kind === 'unavailable') return reject('unknown_key');",
    requirements: ['RFC9110-15.5.2-01'],
  },
  {
    name: 'challenge not exposed to pages',
    file: 'packages/core/src/challenge/refusals.ts',
    search: "  ['Access-Control-Expose-Headers', 'WWW-Authenticate'],\n",
    replace: '',
    requirements: ['RFC9110-CORS-01'],
  },
  {
    name: 'second Authorization field ignored',
    file: 'packages/core/src/credentials/read-credentials.ts',
    search: 'if (head.rawHeaders !== undefined && isRepeated(head.rawHeaders)) return repeated;',
    replace: '',
    requirements: ['RFC9110-11.6.2-01'],
  },
];
