const fetching = { file: 'net/fetch-json.ts', tests: ['net/fetch-json'] };
const reading = { file: 'net/fetch-json.ts', tests: ['net/fetch-json'] };
const secure = { file: 'net/secure-url.ts', tests: ['net/secure-url'] };
const discovery = {
  file: 'authorization-server/discover.ts',
  tests: ['authorization-server/fetch-server-config'],
};
const issuer = {
  file: 'authorization-server/issuer.ts',
  tests: ['authorization-server/fetch-server-config'],
};
const location = {
  file: 'authorization-server/issuer.ts',
  tests: ['authorization-server/well-known-url'],
};
const byUrl = {
  file: 'authorization-server/fetch-server-config.ts',
  tests: ['authorization-server/fetch-by-well-known-url'],
};
const metadata = {
  file: 'authorization-server/metadata-source.ts',
  tests: ['authorization-server/metadata-source'],
};

/** Changes of how authorization servers are found, fetched and believed. */
export const mutants = [
  {
    ...fetching,
    name: 'redirect to another origin followed',
    search: 'if (target === undefined || target.origin !== new URL(start).origin) {',
    replace: 'if (target === undefined) {',
    requirements: ['MCP-2026-07-28-MC-013'],
  },
  {
    ...fetching,
    name: 'redirect compared by host without scheme and port',
    search: 'target.origin !== new URL(start).origin',
    replace: 'target.hostname !== new URL(start).hostname',
    requirements: ['MCP-2026-07-28-MC-013'],
  },
  {
    ...fetching,
    name: 'any number of redirects',
    search: 'hop <= maxRedirects',
    replace: 'hop <= 1000',
    requirements: ['RFC9728-7.7-01'],
  },
  {
    ...fetching,
    name: 'redirects left to fetch',
    search: "redirect: 'manual', signal });",
    replace: "redirect: 'follow' as 'manual', signal });",
    requirements: ['MCP-2026-07-28-MC-013'],
  },
  {
    ...fetching,
    name: 'any media type taken for JSON',
    search: "if (mediaType !== 'application/json' && !mediaType.endsWith('+json')) {",
    replace: 'if (mediaType === undefined) {',
    requirements: ['RFC8414-3.2-01'],
  },
  {
    ...reading,
    name: 'body of any size',
    search: 'if (size > maxBytes) {',
    replace: 'if (size < 0) {',
    requirements: ['RFC9728-7.7-01'],
  },
  {
    ...reading,
    name: 'size judged by each chunk',
    search: 'size += chunk.value.byteLength;',
    replace: 'size = chunk.value.byteLength;',
    requirements: ['RFC9728-7.7-01'],
  },
  {
    ...fetching,
    name: 'plain http fetched',
    search: 'assertSecure(url, options.allowInsecure);',
    replace: 'assertSecure(url, true);',
    requirements: ['OAUTH21-1.5-01'],
  },
  {
    ...secure,
    name: 'loopback by the end of the name',
    search: "hostname.endsWith('.localhost')",
    replace: "hostname.endsWith('localhost')",
    requirements: ['OAUTH21-1.5-01', 'RFC8414-2-05'],
  },
  {
    ...secure,
    name: 'loopback by the beginning of the address',
    search: String.raw`/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/`,
    replace: String.raw`/^127\./`,
    requirements: ['OAUTH21-1.5-01', 'RFC8414-2-05'],
  },
  {
    ...secure,
    name: 'any scheme taken for secure',
    search: "return parsed.protocol === 'http:' && (allowInsecure || isLoopbackHost(parsed.hostname));",
    replace: 'return true;',
    requirements: ['OAUTH21-1.5-01', 'RFC8414-2-05'],
  },
  {
    ...discovery,
    name: 'issuer of the document not compared',
    search: 'assertIssuer(document, [issuer], candidate.url);',
    replace: '',
    requirements: ['RFC8414-3.3-01', 'MCP-2026-07-28-MC-004'],
  },
  {
    ...discovery,
    name: 'issuer of the document compared without case',
    search: 'if (!expected.includes(issuer)) {',
    replace: 'if (!expected.some((entry) => entry.toLowerCase() === issuer.toLowerCase())) {',
    requirements: ['RFC8414-3.3-01', 'RFC8414-4-01'],
  },
  {
    ...discovery,
    name: 'issuer of the document compared as URL',
    search: 'if (!expected.includes(issuer)) {',
    replace:
      'if (!expected.some((entry) => URL.canParse(issuer) && new URL(entry).href === new URL(issuer).href)) {',
    requirements: ['RFC8414-3.3-01', 'RFC8414-4-01'],
  },
  {
    ...discovery,
    name: 'issuer of the document compared after normalization',
    search: 'if (!expected.includes(issuer)) {',
    replace: "if (!expected.some((entry) => entry.normalize('NFC') === issuer.normalize('NFC'))) {",
    requirements: ['RFC9728-6-01', 'RFC8414-4-01'],
    tests: ['requirements/identifiers'],
  },
  {
    ...discovery,
    name: 'issuer compared before transpileData',
    search: 'return { document: await options.transpileData({ ...body }), headers };',
    replace:
      'return { document: { ...((await options.transpileData({ ...body })) as object), issuer: (body as { issuer?: unknown }).issuer }, headers };',
    requirements: ['RFC8414-3.3-01'],
  },
  {
    ...discovery,
    name: 'server error takes the search on',
    search: String.raw`/status 4\d\d$/`,
    replace: String.raw`/status [45]\d\d$/`,
    requirements: ['MCP-2026-07-28-MC-001'],
  },
  {
    ...discovery,
    name: 'foreign document takes the search on',
    search: "error.code === 'redirect_refused'",
    replace: "error.code === 'redirect_refused' || error.code === 'issuer_mismatch'",
    requirements: ['MCP-2026-07-28-MC-001'],
  },
  {
    ...discovery,
    name: 'last answer reported',
    search: 'firstError ??= error;',
    replace: 'firstError = error;',
    requirements: ['MCP-2026-07-28-MC-008'],
  },
  {
    ...issuer,
    name: 'issuer on plain http',
    search: "url.protocol === 'http:' && !allowInsecureHttp && !isLoopbackHost(url.hostname)",
    replace: 'url.href === undefined',
    requirements: ['RFC8414-2-01'],
  },
  {
    ...location,
    name: 'RFC 8414 segment appended',
    search: "type === 'oauth' ? `${origin}${oauthSegment}${path}`",
    replace: "type === 'oauth' ? `${origin}${path}${oauthSegment}`",
    requirements: ['RFC8414-3-01', 'RFC8414-3.1-01'],
  },
  {
    ...location,
    name: 'OpenID segment inserted where it is appended',
    search: ': `${origin}${path}${oidcSegment}`;',
    replace: ': `${origin}${oidcSegment}${path}`;',
    requirements: ['OIDCD-4.1-01'],
  },
  {
    ...location,
    name: 'OpenID location first',
    search:
      "{ url: `${origin}${oauthSegment}${path}`, type: 'oauth' },\n    { url: `${origin}${oidcSegment}${path}`, type: 'oidc' },",
    replace:
      "{ url: `${origin}${oidcSegment}${path}`, type: 'oidc' },\n    { url: `${origin}${oauthSegment}${path}`, type: 'oauth' },",
    requirements: ['MCP-2026-07-28-MC-002', 'MCP-2026-07-28-MC-001'],
  },
  {
    ...location,
    name: 'slash at the end of an issuer kept in the URL',
    search: "url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname",
    replace: "url.pathname === '/' ? '' : url.pathname",
    requirements: ['RFC8414-3.1-01', 'OIDCD-4.1-01'],
  },
  {
    ...location,
    name: 'appended OpenID location forgotten',
    search: "...(path === '' ? [] : [{ url: `${origin}${path}${oidcSegment}`, type: 'oidc' } as const]),",
    replace: '',
    requirements: ['MCP-2026-07-28-MC-001', 'RFC8414-5-01'],
    tests: ['authorization-server/well-known-url', 'requirements/discovery'],
  },
  {
    ...location,
    name: 'inserted OpenID location forgotten',
    search: "{ url: `${origin}${oidcSegment}${path}`, type: 'oidc' },",
    replace: '',
    requirements: ['RFC8414-5-01'],
    tests: ['requirements/discovery'],
  },
  {
    ...byUrl,
    name: 'any URL vouches for any issuer',
    search: 'if (expected.length === 0 && parseUrl(metadata.issuer)?.origin !== parsed.origin) {',
    replace: 'if (expected.length < 0) {',
    requirements: ['MCP-2026-07-28-MC-004'],
  },
  {
    ...byUrl,
    name: 'well-known URL vouches for any issuer',
    search: 'if (expected.length > 0) assertIssuer(document, expected, url);',
    replace: '',
    requirements: ['RFC8414-3.3-01'],
  },
  {
    ...byUrl,
    name: 'metadata by URL over plain http',
    search: 'if (parsed === undefined || !isSecureUrl(url, options.allowInsecureHttp ?? false)) {',
    replace: 'if (parsed === undefined) {',
    requirements: ['OAUTH21-1.5-01'],
  },
  {
    ...metadata,
    name: 'metadata never refreshed',
    search: 'void this.#refresh();',
    replace: '',
    requirements: ['RFC8414-CACHE-01'],
  },
  {
    ...metadata,
    name: 'requests not merged into one discovery',
    search: 'if (this.#shared !== undefined) return this.#shared;',
    replace: '',
    requirements: ['RFC8414-CACHE-01'],
  },
  {
    ...metadata,
    name: 'failing server discovered at once again',
    search: 'if (this.#shared !== undefined || this.#backoff.open) await this.#refresh();',
    replace: 'await this.#refresh();',
    requirements: ['RFC8414-CACHE-01'],
  },
  {
    name: 'unusable jwks_uri overlooked',
    file: 'authorization-server/read-metadata.ts',
    search: "new Set(['issuer', 'jwks_uri', 'introspection_endpoint'])",
    replace: "new Set(['issuer'])",
    requirements: ['RFC9068-4-07'],
    tests: ['authorization-server/fetch-server-config'],
  },
  {
    name: 'missing PKCE members not told',
    file: 'authorization-server/read-metadata.ts',
    search: "if (!Array.isArray(methods) || !methods.includes('S256')) {",
    replace: 'if (false) {',
    requirements: ['MCP-2026-07-28-MC-005'],
    tests: ['engine/ready-and-configs'],
  },
];
