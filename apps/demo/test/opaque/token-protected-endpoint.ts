import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '@mcp-auth/app-sample-kit';
import {
  knownResourceServer,
  type AuthorizationServer,
} from '../../src/authorization-server/authorization-server.js';

/** What a resource server's own token must allow at the endpoint. */
export const introspectScope = 'introspect';

/** An introspection endpoint that wants an access token of whoever asks. */
export interface TokenProtectedEndpoint {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Stands for an authorization server whose introspection endpoint takes access tokens in place of client credentials
 * (RFC 7662 §2.1); oidc-provider itself authenticates clients only.
 *
 * The tokens are real: oidc-provider issues them for this endpoint as a resource, and is asked about them here. So are the
 * answers: what a caller with a good token asks is handed to oidc-provider with a client of its own, and its answer back.
 */
export async function protectWithTokens(
  authorizationServer: AuthorizationServer,
): Promise<TokenProtectedEndpoint> {
  const { issuer } = authorizationServer;
  const introspect = (form: URLSearchParams) =>
    fetch(`${issuer}/token/introspection`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${knownResourceServer.id}:${knownResourceServer.secret}`)}` },
      body: form,
    });

  /** RFC 6750 §3.1; nothing where the caller may ask. */
  const refuse = async (field: string | undefined): Promise<[number, string] | undefined> => {
    const [, token] = /^Bearer ([^ ]+)$/.exec(field ?? '') ?? [];
    if (token === undefined) return [401, 'Bearer'];
    const response = await introspect(new URLSearchParams({ token }));
    const { active, aud, scope } = (await response.json()) as Partial<Record<string, unknown>>;
    if (active !== true || aud !== url) return [401, 'Bearer error="invalid_token"'];
    return scope === introspectScope ? undefined : [403, 'Bearer error="insufficient_scope"'];
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refused = await refuse(request.headers.authorization);
    const form = new URLSearchParams(await readText(request));
    // A caller must not be able to pass for a client of oidc-provider
    for (const name of ['client_id', 'client_secret', 'client_assertion']) form.delete(name);
    if (refused !== undefined) {
      response.writeHead(refused[0], { 'www-authenticate': refused[1] }).end();
      return;
    }
    const answered = await introspect(form);
    response.writeHead(answered.status, { 'content-type': answered.headers.get('content-type') ?? '' });
    response.end(await answered.text());
  };

  const server = await listen(
    (request, response) => void answer(request, response).catch(() => response.writeHead(500).end()),
    0,
    '127.0.0.1',
  );
  const url = `http://127.0.0.1:${server.port}/token/introspection`;
  authorizationServer.addResource(url, [introspectScope, 'other'], 'opaque');
  return { url, close: () => server.close() };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}
