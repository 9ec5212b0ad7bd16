import { loadFetchExample, startServerExample } from '../../../scripts/checks/packed/run-example.mjs';
import { findExampleProblems } from '../../../scripts/checks/packed/try-example.mjs';
import { findFreePort } from '../../../scripts/lib/free-port.mjs';
import { loadSnippet, writeSnippet } from './load-snippet.mjs';
import { createApp, mountApp } from './mount.mjs';

const resource = 'https://mcp.example.com/mcp';

/** What a snippet of a tool is run in. */
const hostCode = `export { MCPAuth } from '@mcp-auth/core/fetch';
export { createMcpHandler } from '@modelcontextprotocol/server';
`;

/** @typedef {{ tab: string, code: string, base: string, issuer: any, load: () => Promise<any>, runTests: (base: string, code: string) => Promise<string[]> }} Snippet */

/** @type {Map<string, (snippet: Snippet) => Promise<string[]>>} what the code of a file must do: problems, by the name of the file */
export const behaviours = new Map([
  ...['express', 'hono', 'fastify', 'nest', 'fetch'].map((name) => [name, runServer]),
  ['next', runRoutes],
  ['audience', runAudience],
  ...['express', 'hono', 'fastify', 'nest'].map((name) => [
    `scopes-${name}`,
    ({ tab, issuer, load }) => load().then(({ app }) => runScopes(tab, app, issuer)),
  ]),
  ['scopes-next', ({ tab, issuer, load }) => load().then(({ route }) => runScopes(tab, route, issuer))],
  [
    'scopes-fetch',
    ({ tab, issuer, load }) => load().then((module) => runScopes(tab, module.default, issuer)),
  ],
  ['own-token', runOwnToken],
  ['what-happened', runWhatHappened],
  ['public-url', runPublicUrl],
  ...['express', 'hono', 'fastify', 'next', 'nest', 'fetch'].map((name) => [
    `testing-${name}`,
    ({ base, code, runTests }) => runTests(base, code),
  ]),
]);

async function runServer({ tab, code, base, issuer }) {
  const port = await findFreePort();
  const local = code.replaceAll('https://auth.example.com', issuer.issuer).replaceAll('3000', String(port));
  const path = writeSnippet(base, local);
  const running = tab === 'fetch' ? await loadFetchExample(path) : await startServerExample(path, port);
  try {
    return await findExampleProblems(running.send, /const resource = '([^']+)'/.exec(local)[1], issuer);
  } finally {
    await running.stop();
  }
}

/** The functions of two files of routes, by method, as the router of Next.js calls them. */
async function runRoutes({ issuer, load }) {
  const { route, metadata } = await load();
  const send = (request) =>
    (new URL(request.url).pathname === '/mcp' ? route : metadata)[request.method](request);
  return findExampleProblems(send, 'http://localhost:3000/mcp', issuer);
}

async function runAudience({ tab, issuer, load }) {
  const { mcpAuth } = await load();
  return expectAll(tab, await createApp[tab](mcpAuth), [
    ['the name that the provider writes', issuer.createToken({ audience: 'api://notes' }), 200],
    ['another name', issuer.createToken({ audience: 'api://other' }), 401],
    ['the resource, which is not named there', issuer.createToken({ audience: resource }), 401],
  ]);
}

async function runScopes(tab, app, issuer) {
  const token = (scope, claims = {}) =>
    issuer.createToken({ audience: resource, claims: { scope, ...claims } });
  const now = Math.floor(Date.now() / 1000);
  const login = { acr: 'urn:example:mfa', auth_time: now - 60 };
  return expectAll(tab, app, [
    ['without a token', undefined, 401, 'read-note', /scope="notes:read"/],
    ['a scope for nothing here', token('other'), 403, 'read-note', /scope="notes:read"/],
    ['the scope of the route', token('notes:read'), 200, 'read-note'],
    ['a tool that needs more', token('notes:read'), 403, 'add-note', /scope="[^"]*notes:write/],
    ['both scopes', token('notes:read notes:write'), 200, 'add-note'],
    ['an everyday login', token('notes:read notes:write'), 401, 'delete-all', /acr_values="urn:example:mfa"/],
    ['a login that is strong and recent', token('notes:read notes:write', login), 200, 'delete-all'],
    ['a tool that nobody named', token('notes:read notes:write'), 200, 'unknown', undefined, /-32602/],
  ]);
}

async function runOwnToken({ base, issuer, load }) {
  const { createServer } = await load();
  const { MCPAuth, createMcpHandler } = await loadSnippet(`${base}-host`, hostCode, issuer);
  const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer.issuer] });
  const server = mcpAuth.protect(createMcpHandler(() => createServer(async () => 'own-token')));
  const token = issuer.createToken({ audience: resource, subject: 'alice' });
  const asked = [];
  const { fetch: real } = globalThis;
  // Keys are fetched from the issuer on the way, which must stay possible
  globalThis.fetch = async (input, init) => {
    if (!String(input).startsWith('https://reports.example.com/')) return real(input, init);
    asked.push({ url: String(input), authorization: new Headers(init?.headers).get('authorization') });
    return new Response('three reports');
  };
  try {
    const response = await server.fetch(callTool('list-reports', token));
    const text = await response.text();
    return [
      ...(text.includes('three reports') ? [] : [`answers ${response.status} ${text}`]),
      ...(asked.length === 1 && asked[0].url.endsWith('?owner=alice')
        ? []
        : [`asked ${JSON.stringify(asked)}`]),
      ...(asked.every(({ authorization }) => authorization === 'Bearer own-token')
        ? []
        : ['passed another token on than its own']),
    ];
  } finally {
    globalThis.fetch = real;
  }
}

async function runWhatHappened({ tab, issuer, load }) {
  const { mcpAuth, denied } = await load();
  const calls = [
    ['another audience', issuer.createToken({ audience: 'https://other.example.com' }), 401],
    ['no token', undefined, 401],
    ['a good one', issuer.createToken({ audience: resource }), 200],
  ];
  const problems = await expectAll(tab, await createApp[tab](mcpAuth), calls);
  const wanted = ['401 wrong_audience', '401 missing_credentials'];
  return JSON.stringify(denied) === JSON.stringify(wanted)
    ? problems
    : [...problems, `noted ${denied.join()}`];
}

/** What the request says about its own address changes nothing. */
async function runPublicUrl({ tab, issuer, load }) {
  const { mcpAuth } = await load();
  const mounted = await mountApp[tab](await createApp[tab](mcpAuth));
  try {
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    const response = await mounted.send(new Request(resource, { method: 'POST', headers }));
    const challenge = response.headers.get('www-authenticate') ?? '';
    const wanted = 'resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"';
    const good = await mounted.send(callTool('any', issuer.createToken({ audience: resource })));
    return [
      ...(challenge.includes(wanted) ? [] : [`its challenge is ${challenge}`]),
      ...(good.status === 200 ? [] : [`answers ${good.status} to a good token`]),
    ];
  } finally {
    await mounted.stop();
  }
}

/** @param {[what: string, token: string | undefined, status: number, tool?: string, challenge?: RegExp, body?: RegExp][]} calls */
async function expectAll(tab, app, calls) {
  const mounted = await mountApp[tab](app);
  const problems = [];
  try {
    for (const [what, token, status, tool = 'any', challenge = /^/, body = /^/] of calls) {
      const response = await mounted.send(callTool(tool, token));
      const text = await response.text();
      if (response.status !== status) problems.push(`${what}: ${response.status}, not ${status}: ${text}`);
      if (!challenge.test(response.headers.get('www-authenticate') ?? ''))
        problems.push(`${what}: the challenge is ${response.headers.get('www-authenticate')}`);
      if (!body.test(text)) problems.push(`${what}: the answer is ${text}`);
    }
  } finally {
    await mounted.stop();
  }
  return problems;
}

function callTool(name, token) {
  return new Request(resource, {
    method: 'POST',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } }),
  });
}
