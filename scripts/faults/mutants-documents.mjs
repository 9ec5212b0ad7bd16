const local = { tests: ['authorization-server/local-server'] };
const legacy = { tests: ['engine/legacy-mode'] };
const mirror = { tests: ['authorization-server/mirror'] };

/** Changes of the documents of authorization servers that are published here, and of legacy mode. */
export const mutants = [
  {
    ...local,
    file: 'resource/metadata-endpoint.ts',
    name: 'issuer of another origin published',
    search: 'if (origins.has(origin)) return;',
    replace: "if (origins.has(origin) || origin !== '') return;",
    requirements: ['RFC8414-3.3-01'],
  },
  {
    ...local,
    file: 'resource/metadata-endpoint.ts',
    name: 'one local server in the place of another',
    search: 'if (known.id === local.id) return known;',
    replace: "if (known.id === local.id || local.id !== '') return known;",
    requirements: ['RFC9068-4-03'],
  },
  {
    ...local,
    file: 'keys/inline-keys.ts',
    name: 'published keys not found by their identifier',
    search: 'return this.#complete ? completeKey(key) : key;',
    replace: 'return this.#complete && key === undefined ? completeKey(key) : key;',
    requirements: ['RFC9068-4-03'],
  },
  {
    ...local,
    file: 'authorization-server/local-server.ts',
    name: 'metadata without what RFC 8414 demands',
    search: "responseTypesSupported: ['code'], ",
    replace: '',
    requirements: ['RFC8414-2-02'],
  },
  {
    ...legacy,
    file: 'resource/protected-resource.ts',
    name: 'any audience where there is no resource identifier',
    search: "values: server.anyAudience ? 'any'",
    replace: "values: server.anyAudience || resource.identifier === undefined ? 'any'",
    requirements: ['MCP-2026-07-28-RS-016'],
  },
  {
    ...legacy,
    file: 'challenge/refusals.ts',
    name: 'challenge without any parameter',
    search: '\'realm="mcp"\'',
    replace: "''",
    requirements: ['RFC6750-3-02'],
  },
  {
    ...mirror,
    file: 'legacy/legacy-server.ts',
    name: 'mirror at every path of the issuer only',
    search: 'own.href === root.href ? [root] : [root, own]',
    replace: '[own]',
    requirements: ['RFC8414-3.1-01'],
  },
];
