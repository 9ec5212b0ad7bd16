import { introspected } from './requests.mjs';
import { issuer, json, metadata, mint, provider, request } from './server.mjs';

/** A request with a good token, of whose issuer something answers otherwise. */
const behind = async (answers, more) =>
  request({ authorization: `Bearer ${await mint()}`, fetch: provider(answers), ...more });

const wellKnown = (change) => behind({ '/.well-known/': change });
/** Left out of the JSON. */
const without = (member) => ({ ...metadata, [member]: undefined });

/** As the fetch of Node fails where there is no such host. */
function noSuchHost() {
  const cause = Object.assign(new Error('getaddrinfo ENOTFOUND auth.example.com'), { code: 'ENOTFOUND' });
  throw new TypeError('fetch failed', { cause });
}

const page = (text, status = 200) => new Response(text, { status, headers: { 'content-type': 'text/html' } });
const refusal = (status) => () => json({ error: 'invalid_client' }, { status });

/** How each code of an authorization server that fails comes about. */
export const faults = {
  insecure_url: () => wellKnown({ ...metadata, jwks_uri: 'http://auth.example.com/jwks' }),
  request_failed: () => wellKnown(noSuchHost),
  request_timeout: () =>
    behind(
      { '/jwks': () => new Promise(() => undefined) },
      { options: { remoteJwkSet: { timeoutDuration: 500 } } },
    ),
  redirect_refused: () =>
    wellKnown(() => new Response(null, { status: 302, headers: { location: 'https://login.example.net/' } })),
  unexpected_status: () => wellKnown(() => page('', 404)),
  unexpected_content_type: () => wellKnown(() => page('<!doctype html>')),
  response_too_large: () => wellKnown({ ...metadata, filler: 'x'.repeat(300_000) }),
  invalid_json: () =>
    wellKnown(() => new Response('{"issuer":', { headers: { 'content-type': 'application/json' } })),
  invalid_metadata: () => wellKnown(without('issuer')),
  issuer_mismatch: () => wellKnown({ ...metadata, issuer: `${issuer}/` }),
  transpile_failed: () =>
    behind(
      {},
      {
        server: {
          transpileData: () => {
            throw new Error('no such member');
          },
        },
      },
    ),
  missing_jwks_uri: () => wellKnown(without('jwks_uri')),
  invalid_key_set: () => behind({ '/jwks': { keys: [] } }),
  missing_introspection_endpoint: () => introspected({ '/.well-known/': without('introspection_endpoint') }),
  introspection_unauthorized: () => introspected({ '/introspect': refusal(401) }),
  introspection_refused: () =>
    introspected({ '/introspect': () => json({ error: 'invalid_request' }, { status: 400 }) }),
  invalid_introspection_response: () => introspected({ '/introspect': [] }),
};
