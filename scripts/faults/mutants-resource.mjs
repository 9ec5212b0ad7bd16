const identifier = { file: 'resource/resource-identifier.ts', tests: ['resource/metadata-url'] };
const location = { file: 'resource/metadata-url.ts', tests: ['resource/metadata-url'] };
const endpoint = { file: 'resource/document-endpoint.ts', tests: ['resource/metadata-endpoint'] };
const answers = { file: 'resource/document-answers.ts', tests: ['resource/metadata-endpoint'] };
const document = { file: 'resource/document.ts', tests: ['resource/document'] };
const servers = { file: 'resource/trusted-server.ts', tests: ['engine/bad-config'] };
const routes = { file: 'engine/resource-server.ts', tests: ['engine/bad-route-options'] };
const audiences = { file: 'resource/protected-resource.ts', tests: ['engine/several-servers'] };
const jwtOptions = { file: 'config/jwt-verify-options.ts', tests: ['engine/bad-route-options'] };

/** Changes of what a resource is called, what it publishes, and which configurations are taken. */
export const mutants = [
  {
    ...identifier,
    name: 'identifier with a fragment',
    search: "if (value.includes('#'))",
    replace: 'if (value === undefined)',
    requirements: ['RFC9728-1.2-01', 'MCP-2026-07-28-RS-029'],
  },
  {
    ...identifier,
    name: 'identifier on plain http',
    search: "url.protocol === 'http:' && !isLoopbackHost(url.hostname)",
    replace: 'url.href === undefined',
    requirements: ['RFC9728-1.2-01', 'RFC6750-5.3-01'],
  },
  {
    ...identifier,
    name: 'identifier in any spelling',
    search: 'if (url.href !== value && url.href !== `${value}/`) {',
    replace: 'if (url.href === undefined) {',
    requirements: ['RFC9728-3.3-03'],
  },
  {
    ...identifier,
    name: 'identifier with a password',
    search: "if (url.username !== '' || url.password !== '')",
    replace: 'if (url.href === undefined)',
    requirements: ['RFC9728-1.2-01', 'MCP-2026-07-28-RS-029'],
  },
  {
    ...location,
    name: 'slash after the host kept',
    search: "resource.pathname === '/' ? '' : resource.pathname",
    replace: 'resource.pathname',
    requirements: ['RFC9728-3-01', 'RFC9728-3.1-02'],
  },
  {
    ...location,
    name: 'slash at the end of a path dropped',
    search: "resource.pathname === '/' ? '' : resource.pathname",
    replace: String.raw`resource.pathname.replace(/\/$/, '')`,
    requirements: ['RFC9728-3.1-02'],
  },
  {
    ...location,
    name: 'query of the resource dropped',
    search: 'return `${segment}${path}${resource.search}`;',
    replace: 'return `${segment}${path}`;',
    requirements: ['RFC9728-3-01'],
  },
  {
    ...endpoint,
    name: 'host does not select',
    search: 'return sole ?? candidates.find(',
    replace: 'return sole ?? candidates[0] ?? candidates.find(',
    requirements: ['RFC9728-3.3-03'],
  },
  {
    ...endpoint,
    name: 'document of the longest known path',
    search: 'const documents = this.#documents.get(path);',
    replace:
      'const documents = this.#documents.get(path) ?? [...this.#documents].find(([known]) => path.startsWith(known))?.[1];',
    requirements: ['RFC9728-3.2-04'],
  },
  {
    ...endpoint,
    name: 'every method reads the document',
    search: 'default:\n        return methodNotAllowed;',
    replace: 'default:\n        return document.read();',
    requirements: ['RFC9110-9.1-01'],
  },
  {
    ...answers,
    name: '405 without Allow',
    search: "['Allow', 'GET, HEAD, OPTIONS'], ",
    replace: '',
    requirements: ['RFC9110-9.1-01'],
  },
  {
    ...endpoint,
    name: 'HEAD with content',
    search: ': { ...answer, body: undefined };',
    replace: ': answer;',
    requirements: ['RFC9110-9.1-01'],
  },
  {
    ...answers,
    name: 'metadata closed to pages',
    search: "const cors: HeaderList = [['Access-Control-Allow-Origin', '*']];",
    replace: 'const cors: HeaderList = [];',
    requirements: ['RFC9110-CORS-01', 'RFC9728-3.2-01'],
  },
  {
    ...answers,
    name: 'metadata without a lifetime',
    search: "    ['Cache-Control', 'public, max-age=3600'],\n",
    replace: '',
    requirements: ['RFC9728-7.10-01'],
  },
  {
    ...endpoint,
    name: 'query of a request ignored',
    search: "url.search === '' || url.search === search",
    replace: 'url.search !== undefined',
    requirements: ['RFC9728-3-01'],
  },
  {
    ...document,
    name: 'empty lists published',
    search: ' && !(Array.isArray(value) && value.length === 0)',
    replace: '',
    requirements: ['RFC9728-3.2-03'],
  },
  {
    ...document,
    name: 'keys of the resource over plain http',
    search: 'if (jwksUri !== undefined && !isSecureUrl(jwksUri, false)) {',
    replace: 'if (jwksUri !== undefined && !isSecureUrl(jwksUri, true)) {',
    requirements: ['RFC9728-2-02'],
  },
  {
    ...document,
    name: 'none among the signing algorithms',
    search: ".flat().includes('none')",
    replace: ".flat().includes('NONE')",
    requirements: ['RFC9728-2-03'],
  },
  {
    ...document,
    name: 'bearer method query published',
    search: "some((method) => method !== 'header')",
    replace: "some((method) => method !== 'header' && method !== 'query')",
    requirements: ['RFC9728-2-05'],
  },
  {
    ...document,
    name: 'offline_access passed over in silence',
    file: 'resource/protected-resource.ts',
    search: "if (!scopes.includes('offline_access')) return;",
    replace: 'if (scopes !== undefined) return;',
    requirements: ['MCP-2026-07-28-RS-012'],
  },
  {
    file: 'resource/protected-resource.ts',
    tests: ['engine/bad-config'],
    name: 'resource without authorization servers',
    search: 'if (Array.isArray(configs) && configs.length > 0)',
    replace: 'if (Array.isArray(configs))',
    requirements: ['MCP-2026-07-28-RS-004'],
  },
  {
    ...servers,
    name: 'two servers for one issuer',
    search: 'if (other !== undefined) {',
    replace: 'if (other === server.path) {',
    requirements: ['RFC8725-3.8-01'],
  },
  {
    ...servers,
    name: 'jwksUri in a configuration over plain http',
    search: 'metadata.jwksUri !== undefined &&',
    replace: 'metadata.jwksUri === null &&',
    requirements: ['RFC8414-2-01', 'MCP-2026-07-28-RS-034'],
  },
  {
    ...servers,
    name: 'wrong members written by hand',
    search: "find(({ code }) => code !== 'required')",
    replace: "find(({ code }) => code === 'required' && false)",
    requirements: ['RFC8414-2-01'],
  },
  {
    ...routes,
    name: 'resource configured twice',
    search: 'if (this.#resources.has(key)) {',
    replace: 'if (key === undefined) {',
    requirements: ['RFC9728-3.3-03'],
    tests: ['engine/bad-config'],
  },
  {
    ...routes,
    name: 'unknown resource taken for the first',
    search: 'const resource = this.#resources.get(keyOf(identifier));',
    replace: 'const resource = this.#resources.get(keyOf(identifier)) ?? [...this.#resources.values()][0];',
    requirements: ['MCP-2026-07-28-RS-018'],
  },
  {
    ...audiences,
    name: 'audience of a route widens all servers',
    search: 'createAcceptedAudiences(audience.filter((entry) => known.has(entry)))',
    replace: 'createAcceptedAudiences(known.size === 0 ? [] : audience)',
    requirements: ['MCP-2026-07-28-RS-016'],
  },
  {
    ...audiences,
    name: 'audiences of the server added to the identifier',
    search: 'const own = server.audiences ?? (',
    replace: 'const own = (server.audiences ?? []).concat(',
    requirements: ['MCP-2026-07-28-RS-016'],
  },
  {
    name: 'token issuers added to the issuer',
    file: 'engine/by-issuer.ts',
    search: 'return server.tokenIssuers.map((issuer) => [issuer, value] as const);',
    replace:
      'return [...server.tokenIssuers, server.server.issuer].map((issuer) => [issuer, value] as const);',
    requirements: ['RFC9068-4-01'],
    tests: ['engine/several-servers'],
  },
];
