import { createHash, randomUUID } from 'node:crypto';
import { startStubIssuer } from '../../../../scripts/checks/packed/stub-issuer.mjs';

/**
 * What a realm of Keycloak looks like from outside: its paths, and the claims of its tokens. Whoever comes is logged in as `alice` without
 * a page, and gets the scopes that the client asks for.
 */
export async function startRealm() {
  const path = '/realms/notes';
  const codes = new Map();
  const answers = {
    'POST /register': async (request) => {
      const metadata = JSON.parse(await readBody(request));
      return { status: 201, body: { ...metadata, client_id: randomUUID() } };
    },
    'GET /authorize': async (_request, query) => {
      const code = randomUUID();
      codes.set(code, Object.fromEntries(query));
      const back = new URL(query.get('redirect_uri'));
      back.searchParams.set('code', code);
      back.searchParams.set('state', query.get('state') ?? '');
      back.searchParams.set('iss', realm.issuer);
      return { status: 303, location: back.href };
    },
    'POST /token': async (request) => {
      const form = new URLSearchParams(await readBody(request));
      const asked = codes.get(form.get('code'));
      codes.delete(form.get('code'));
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (asked?.code_challenge !== proof) return { status: 400, body: { error: 'invalid_grant' } };
      const { scope, resource: audience, client_id: azp } = asked;
      const token = realm.createToken({ audience, subject: 'alice', scope, azp, typ: 'Bearer' });
      return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: 300, scope } };
    },
  };
  const realm = await startStubIssuer({
    path,
    metadata: (issuer) => ({
      registration_endpoint: `${issuer}/register`,
      authorization_response_iss_parameter_supported: true,
      token_endpoint_auth_methods_supported: ['none'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    }),
    answer: async (request, response) => {
      const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
      const find = answers[`${request.method} ${pathname.replace(path, '')}`];
      const { status, body, location } = (await find?.(request, searchParams)) ?? { status: 404, body: {} };
      response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) });
      response.end(body === undefined ? '' : JSON.stringify(body));
    },
  });
  return realm;
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
