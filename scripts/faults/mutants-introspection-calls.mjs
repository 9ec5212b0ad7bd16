const at = (file, ...tests) => ({
  file: `introspection/${file}.ts`,
  tests: tests.map((test) => `introspection/${test}`),
});
const asking = at('introspector', 'outage', 'endpoint-faults', 'cache');
const clients = at('client-authentication', 'request');
const cache = at('introspection-cache', 'cache');
const breaker = { file: 'net/circuit-breaker.ts', tests: ['introspection/outage'] };
const posting = { file: 'net/post-form.ts', tests: ['introspection/endpoint-faults'] };

/** Changes of how authorization servers are asked about tokens, how often, and what is kept of their answers. */
export const mutants = [
  {
    ...asking,
    name: 'signed answers not asked for',
    search: "{ accept: this.#signed === undefined ? 'application/json' : signedResponseType }",
    replace: "{ accept: signedResponseType === '' ? '' : 'application/json' }",
    requirements: ['RFC9701-4-01'],
    tests: ['introspection/signed-response'],
  },
  {
    ...asking,
    name: 'failures of an endpoint counted as successes',
    search: 'permit.settle(lives);',
    replace: 'permit.settle(true);',
    requirements: ['RFC7662-2.3-01'],
  },
  {
    ...asking,
    name: 'a refused request held against the endpoint',
    search: "const lives = error.code === 'introspection_refused';",
    replace: 'const lives = false;',
    requirements: ['RFC7662-2.3-01'],
  },
  {
    ...clients,
    name: 'id and secret joined as they are',
    search: "return new URLSearchParams({ '': value }).toString().slice(1);",
    replace: 'return unescape(encodeURIComponent(value));',
    requirements: ['RFC7662-2.1-02'],
  },
  {
    ...clients,
    name: 'no credentials sent',
    search: 'headers.authorization = field;',
    replace: 'void [headers, field];',
    requirements: ['RFC7662-2.1-02'],
  },
  {
    ...cache,
    name: 'answers kept past exp',
    search: "return typeof exp === 'number' ? Math.min(remaining, exp - now) : remaining;",
    replace: "return typeof exp === 'string' ? exp - now : remaining;",
    requirements: ['RFC7662-4-01'],
  },
  {
    ...cache,
    name: 'age of an answer not heeded',
    search: ' - Math.max(0, age);',
    replace: ';',
    requirements: ['RFC7662-4-02'],
  },
  {
    ...cache,
    name: 'an unsigned answer kept for those who demand signatures',
    search: 'if (this.#options.signed && !signed) return 0;',
    replace: '',
    requirements: ['RFC9701-5-01'],
  },
  {
    ...cache,
    name: 'a failing shared cache waited for at each request',
    search: 'this.#backoff.fail();',
    replace: '',
    requirements: ['RFC7662-2.3-01'],
  },
  {
    ...at('introspection-cache', 'cache'),
    name: 'answers shared between clients',
    search: '[issuer, endpoint, clientId ?? null, token]',
    replace: '[issuer, endpoint, null, clientId === token ? null : token]',
    requirements: ['RFC7662-4-02'],
  },
  {
    ...at('introspection-cache', 'cache'),
    name: 'tokens as plain keys',
    search: 'encode(new Uint8Array(digest))',
    replace: 'encode(new Uint8Array(digest)).slice(0, 0) + token.padEnd(43)',
    requirements: ['RFC7662-4-02'],
  },
  {
    ...breaker,
    name: 'a dead endpoint called without end',
    search: 'return this.#failures >= failuresToOpen;',
    replace: 'return this.#failures < 0;',
    requirements: ['RFC7662-2.3-01'],
  },
  {
    ...breaker,
    name: 'many trials at once',
    search: 'return this.#backoff.open ? 1 : 0;',
    replace: 'return this.#backoff.open ? 100 : 0;',
    requirements: ['RFC7662-2.3-01'],
  },
  {
    ...breaker,
    name: 'callers that wait let through to a dead endpoint',
    search: 'for (const { admit } of this.#waiting.splice(0)) admit(undefined);',
    replace: 'for (const { admit } of this.#waiting.splice(0)) admit(this.#start());',
    requirements: ['RFC7662-2.3-01'],
  },
  {
    ...breaker,
    name: 'callers that wait behind a slow endpoint for as long as it takes',
    search: 'this.#waiting[0].since >= maxCallMs',
    replace: 'this.#waiting[0].since >= 1000 * maxCallMs',
    requirements: ['RFC7662-2.3-01'],
  },
  {
    ...asking,
    name: 'an endpoint blamed for a token of our own that never comes',
    search: 'if (step.isPrepared || !isLate) throw error;',
    replace: 'if (step.isPrepared || !isLate || timeoutMs > 0) throw error;',
    requirements: ['RFC7662-2.3-01'],
    tests: ['introspection/request'],
  },
  {
    ...at('introspection-cache', 'shared-cache'),
    name: 'whatever depth a shared cache returns',
    search: 'if (isTooDeep(claims)) return undefined;',
    replace: '',
    requirements: ['RFC7662-4-02'],
  },
  {
    ...at('introspection-cache', 'shared-cache'),
    name: 'whatever size a shared cache returns',
    search: 'text.length > maxTextLength',
    replace: 'text.length === maxTextLength',
    requirements: ['RFC7662-4-02'],
  },
  {
    ...posting,
    name: 'secrets follow a redirect',
    search: "redirect: 'manual',",
    replace: "redirect: 'follow' as 'manual',",
    requirements: ['RFC7662-4-03'],
  },
  {
    ...posting,
    name: 'a redirect taken for an answer',
    search: 'if (isRedirect(response)) {',
    replace: 'if (false) {',
    requirements: ['RFC7662-4-03'],
  },
  {
    ...posting,
    name: 'a question sent by GET',
    search: "method: 'POST',",
    replace: "method: 'GET',",
    requirements: ['RFC7662-2.1-01'],
    tests: ['introspection/request'],
  },
];
