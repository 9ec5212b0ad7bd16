const folder = 'packages/core/src/introspection';

/** Faults in what is made of the word of an introspection endpoint, and in how it is asked. */
export const faults = [
  {
    name: 'any truthy active is active',
    file: `${folder}/introspection-response.ts`,
    search: "!Object.hasOwn(members, 'active') || members.active !== true",
    replace: '!members.active',
    requirements: ['RFC7662-2.2-01'],
  },
  {
    name: 'issuer of an answer not compared',
    file: `${folder}/introspection-verifier.ts`,
    search: "typeof iss !== 'string' || !issuer.tokenIssuers.includes(iss)",
    replace: "typeof iss !== 'string'",
    also: [
      {
        file: 'packages/core/src/gate/route-policy.ts',
        search: 'audiences.get(token.issuer) ?? noAudience',
        replace: 'audiences.get(token.issuer) ?? [...audiences.values()][0] ?? noAudience',
      },
    ],
    requirements: ['RFC7662-2.2-02'],
  },
  {
    name: 'an active token never expires',
    file: `${folder}/introspection-verifier.ts`,
    search: 'checkTimes({ exp, nbf: claims.nbf, iat: claims.iat }, rules.time) ??',
    replace: '',
    requirements: ['RFC7662-2.2-02'],
  },
  {
    name: 'a bound token taken as bearer token',
    file: `${folder}/introspection-verifier.ts`,
    search: 'readBinding(token, [claims], rules.confirmations)',
    replace: 'undefined',
    requirements: ['RFC9449-7.2-01'],
  },
  {
    name: 'wrong credentials of the server blamed on the token',
    file: `${folder}/read-form-answer.ts`,
    search: 'throw refusedCredentials(url, status, error, authentication);',
    replace: "return { kind: 'inactive' };",
    requirements: ['RFC7662-2.3-01'],
  },
  {
    name: 'a failing endpoint blamed on the token',
    file: `${folder}/read-form-answer.ts`,
    search: 'if (!refusals.has(status)) {',
    replace: "if (!refusals.has(status)) return { kind: 'inactive' };\n  if (status < 0) {",
    requirements: ['RFC7662-2.3-01'],
  },
  {
    name: 'client id and secret not form-encoded',
    file: `${folder}/client-authentication.ts`,
    search: "return new URLSearchParams({ '': value }).toString().slice(1);",
    replace: 'return value;',
    requirements: ['RFC7662-2.1-02'],
  },
  {
    name: 'an answer kept past its time',
    file: `${folder}/introspection-cache.ts`,
    search: "(answer.kind === 'active' ? activeSeconds : inactiveSeconds) - Math.max(0, age)",
    replace: "answer.kind === 'active' ? activeSeconds : inactiveSeconds",
    requirements: ['RFC7662-4-02'],
    also: [
      {
        file: 'packages/core/src/cache/memory-cache.ts',
        search: 'if (!(now < entry.expiresAt && now >= entry.setAt)) {',
        replace: 'if (now < 0) {',
      },
    ],
  },
  {
    name: 'unsigned answer believed where signed ones are demanded',
    file: `${folder}/read-form-answer.ts`,
    search: '  if (rules.signed !== undefined) {',
    replace: '  if (rules.signed !== undefined && answer.mediaType === signedResponseType) {',
    requirements: ['RFC9701-5-01'],
  },
  {
    name: 'signature of an answer not verified',
    file: `${folder}/signed-response.ts`,
    search: '  await verifySignature(text, jwt, rules.keys, asked.url);',
    replace: '',
    requirements: ['RFC9701-5-01'],
  },
  {
    name: 'answer for another resource server believed',
    file: `${folder}/signed-response.ts`,
    search: 'aud !== audience && !(Array.isArray(aud) && aud.includes(audience))',
    replace: 'aud === undefined',
    requirements: ['RFC9701-5-01'],
  },
  {
    name: 'signed answers not asked for',
    file: `${folder}/introspector.ts`,
    search: "this.#signed === undefined ? 'application/json' : signedResponseType",
    replace: "'application/json'",
    requirements: ['RFC9701-4-01'],
  },
  {
    name: 'a token sent to a server that it does not belong to',
    file: `${folder}/introspection-verifier.ts`,
    search: 'issuers.find(({ selects }) => selects(token))',
    replace: 'issuers[0]',
    requirements: ['RFC7662-4-04'],
  },
];
