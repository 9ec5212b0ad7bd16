/** Faults in what users test their servers with: a test of theirs that cannot fail protects nobody. */
export const faults = [
  {
    name: 'a broken token is a good one',
    file: 'packages/testing/src/issuer/broken-tokens.ts',
    search: 'wrongAudience: withClaims(() => ({ aud: ',
    replace: 'wrongAudience: withClaims(() => ({ x: ',
    suite: 'testing',
  },
  {
    name: 'introspection answers anybody',
    file: 'packages/testing/src/issuer/endpoints.ts',
    search: 'return expected.length === actual.length && timingSafeEqual(expected, actual);',
    replace: 'return expected.length > 0 && timingSafeEqual(actual, actual);',
    suite: 'testing',
  },
  {
    name: 'a test issuer runs in production',
    file: 'packages/testing/src/refuse-production.ts',
    search: "process.env.NODE_ENV !== 'production'",
    replace: "process.env.NODE_ENV !== 'prod'",
    suite: 'testing',
  },
  {
    name: 'requests that a test reads hold the query',
    file: 'packages/testing/src/issuer/start-test-issuer.ts',
    search: "const [path = ''] = (request.url ?? '').split('?');",
    replace: "const path = request.url ?? '';",
    suite: 'testing',
  },
];
