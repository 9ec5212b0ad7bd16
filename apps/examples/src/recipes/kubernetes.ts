import { readFile } from 'node:fs/promises';
import { type FetchFunction, getAuth, MCPAuth } from '@mcp-auth/express';
import express from 'express';

const { RESOURCE = '', ISSUER = '', KEYS = '', TOKEN_FILE = '', PORT = '3000' } = process.env;

/**
 * The keys need a token of this pod. Kubernetes renews it in its file, so it is read for each fetch: `requestHeaders` is for a
 * secret that stays.
 */
const fetchWithToken: FetchFunction = async (url, init) => {
  if (url !== KEYS) return fetch(url, init);
  const token = (await readFile(TOKEN_FILE, 'utf8')).trim();
  return fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
};

/** Who may call. A token of the cluster has no scopes: what an account may do is written here. */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'system:serviceaccount:agents:report-agent': ['notes:read'],
};
const accountOf = ({ sub }: Readonly<Record<string, unknown>>): string =>
  typeof sub === 'string' ? sub : '';

const mcpAuth = new MCPAuth({
  resource: RESOURCE,
  authorizationServers: [
    {
      // By hand: the document of the API server names its keys at the address of a machine
      metadata: { issuer: ISSUER, jwksUri: KEYS },
      policy: {
        name: 'service accounts',
        check: (claims) => (Object.hasOwn(scopesOf, accountOf(claims)) ? undefined : 'sub'),
        scopes: (claims) => scopesOf[accountOf(claims)] ?? [],
        clientId: accountOf,
      },
    },
  ],
  fetch: fetchWithToken,
});

const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.get('/ready', (_request, response) => {
  mcpAuth.ready().then(
    () => response.sendStatus(204),
    () => response.sendStatus(503),
  );
});
app.all('/mcp', mcpAuth.bearerAuth({ requiredScopes: ['notes:read'] }), (request, response) => {
  response.json({ account: getAuth(request)?.subject });
});

export const server = app.listen(Number(PORT), process.env['HOST'] ?? '0.0.0.0');
process.once('SIGTERM', () => server.close(() => void mcpAuth.close()));
