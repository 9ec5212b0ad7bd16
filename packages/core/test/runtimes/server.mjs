// A server behind the gate, on the HTTP server of each runtime: bundled by hosts.mjs
export const resource = 'https://mcp.example.com/mcp';

/** A handler that tells how much of the body it got. */
export const createHandler = ({ MCPAuth }, limits) =>
  new MCPAuth({
    resource,
    authorizationServers: ['https://auth.example.com'],
    onEvent: () => undefined,
    limits,
  }).protect(
    { fetch: async (request) => Response.json({ bytes: (await request.arrayBuffer()).byteLength }) },
    (token) => {
      if (token !== 'good') throw Object.assign(new Error('no'), { code: 'invalid_token' });
      return {
        issuer: 'https://auth.example.com',
        audience: resource,
        scopes: [],
        expiresAt: Date.now() / 1000 + 60,
      };
    },
  );

/** One failure, and the next unknown token of the same peer is turned away. */
export const limits = { failedAttempts: { max: 1 } };
