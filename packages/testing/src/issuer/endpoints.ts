import { timingSafeEqual } from 'node:crypto';
import type { IntrospectionConfig } from '@mcp-auth/core';
import { json, type IssuerAnswer, type IssuerBehaviour, type IssuerEndpoint } from './behaviour.js';
import type { PublishedKey } from './key-ring.js';
import type { KnownTokens } from './known-tokens.js';

/** Where an issuer publishes its metadata: as an OAuth server (RFC 8414), as an OpenID provider, or as both. */
export type DiscoveryKind = 'oauth' | 'oidc' | 'both';

/** One request to an issuer, read. */
export interface EndpointRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** What the endpoints of one issuer are made of. */
export interface EndpointContext {
  readonly issuer: string;
  readonly discovery: DiscoveryKind;
  readonly client: IntrospectionClient;
  readonly behaviour: IssuerBehaviour;
  readonly tokens: KnownTokens;
  readonly keys: () => readonly PublishedKey[];
  readonly nowSeconds: () => number;
}

/** The resource server, as a client of the introspection endpoint. */
export interface IntrospectionClient {
  readonly id: string;
  readonly secret: string;
}

/** The option `introspection` of an authorization server, for this client. */
export function toIntrospectionConfig({ id, secret }: IntrospectionClient): IntrospectionConfig {
  return { clientAuthentication: { method: 'client_secret_basic', clientId: id, clientSecret: secret } };
}

/** Which endpoint a path leads to. */
export function locate(path: string, { issuer, discovery }: EndpointContext): IssuerEndpoint | undefined {
  const base = pathOf(issuer);
  if (path === `${base}/keys`) return 'keys';
  if (path === `${base}/introspect`) return 'introspection';
  // RFC 8414 §3.1 puts the segment in front of the issuer's path, OpenID Connect Discovery §4.1 behind it
  const oauth = `/.well-known/oauth-authorization-server${base}`;
  const oidc = [`${base}/.well-known/openid-configuration`, `/.well-known/openid-configuration${base}`];
  if (discovery !== 'oidc' && path === oauth) return 'metadata';
  return discovery !== 'oauth' && oidc.includes(path) ? 'metadata' : undefined;
}

/** The answer to a request. */
export function answerRequest(request: EndpointRequest, context: EndpointContext): IssuerAnswer {
  const endpoint = locate(request.path, context);
  // An outage is one of the whole server
  if (endpoint === undefined)
    return context.behaviour.answer('metadata', () => json({ error: 'not_found' }, 404));
  return context.behaviour.answer(endpoint, () => {
    if (request.method !== (endpoint === 'introspection' ? 'POST' : 'GET')) {
      return json({ error: 'invalid_request' }, 405);
    }
    switch (endpoint) {
      case 'metadata':
        return json(describeIssuer(context));
      case 'keys':
        return json({ keys: context.keys() });
      case 'introspection':
        return introspect(request, context);
    }
  });
}

/** RFC 8414 §2 and OpenID Connect Discovery §3. */
function describeIssuer({ issuer, discovery }: EndpointContext): object {
  const base = issuer.replace(/\/$/, '');
  return {
    issuer,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    jwks_uri: `${base}/keys`,
    introspection_endpoint: `${base}/introspect`,
    introspection_endpoint_auth_methods_supported: ['client_secret_basic'],
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    code_challenge_methods_supported: ['S256'],
    ...(discovery === 'oauth'
      ? undefined
      : { subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['ES256'] }),
  };
}

/** RFC 7662 §2. */
function introspect(request: EndpointRequest, { client, tokens, nowSeconds }: EndpointContext): IssuerAnswer {
  if (!isFrom(client, request.authorization)) return json({ error: 'invalid_client' }, 401);
  const asked = new URLSearchParams(request.body).getAll('token');
  const [token] = asked;
  if (token === undefined || asked.length > 1) return json({ error: 'invalid_request' }, 400);
  return json(tokens.introspect(token, nowSeconds()));
}

/** RFC 6749 §2.3.1: both are form-encoded in front of HTTP Basic. */
function isFrom({ id, secret }: IntrospectionClient, authorization: string | undefined): boolean {
  const encode = (value: string) => new URLSearchParams({ '': value }).toString().slice(1);
  const pair = Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64');
  const expected = Buffer.from(`Basic ${pair}`);
  const actual = Buffer.from(authorization ?? '');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function pathOf(issuer: string): string {
  return new URL(issuer).pathname.replace(/\/$/, '');
}
