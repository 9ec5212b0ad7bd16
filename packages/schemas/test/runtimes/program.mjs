// What every runtime runs against the one built file. It compares with answers that Node gave, one case at a time.

/** Inputs that JSON cannot carry; each runtime builds its own. */
const odd = {
  'a throwing getter': () =>
    Object.defineProperty({}, 'issuer', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    }),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'an own __proto__': () =>
    JSON.parse('{"__proto__":{"issuer":"https://evil.example"},"resource":"https://r.example"}'),
  'a million holes': () => ({ issuer: 'https://as.example', scopes_supported: new Array(1_000_000) }),
  'a megabyte of URL': () => ({
    issuer: `https://as.example/${'a'.repeat(1_000_000)}`,
    response_types_supported: ['code'],
  }),
  undefined: () => undefined,
};

const judges = (schemas) => ({
  'validate server': schemas.validateAuthorizationServerMetadata,
  'validate provider': schemas.validateOpenIDProviderMetadata,
  'validate resource': schemas.validateProtectedResourceMetadata,
  'lint server': schemas.lintAuthorizationServerMetadata,
  'lint provider': schemas.lintOpenIDProviderMetadata,
  'lint resource': schemas.lintProtectedResourceMetadata,
  'check server': (document) => schemas.checkAuthorizationServerForMcp(document, { revision: '2026-07-28' }),
  'check resource': (document) => schemas.checkProtectedResourceForMcp(document, { revision: '2026-07-28' }),
  'rename there and back': (document) =>
    schemas.openIDProviderMetadataToWire(schemas.openIDProviderMetadataToCamelCase(document)),
});

const answer = (judge, document) => {
  try {
    return JSON.stringify(judge(document));
  } catch (error) {
    return `${error.name}: ${error.code}`;
  }
};

/** Every case's name and answer. */
export function answers(schemas, documents) {
  const inputs = {
    ...Object.fromEntries(Object.entries(documents).map(([name, document]) => [name, () => document])),
  };
  const list = {};
  for (const [what, judge] of Object.entries(judges(schemas))) {
    for (const [name, input] of Object.entries({ ...inputs, ...odd }))
      list[`${what}: ${name}`] = answer(judge, input());
  }
  return list;
}

/** How many cases a runtime answers as Node did, and the names of those it does not. */
export function compare(schemas, { documents, expected }) {
  const given = answers(schemas, documents);
  const wrong = Object.keys(expected).filter((name) => given[name] !== expected[name]);
  return { passed: Object.keys(expected).length - wrong.length, wrong };
}
