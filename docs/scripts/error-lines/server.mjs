import { stripVTControlCharacters } from 'node:util';
import { MCPAuth } from '@mcp-auth/core/fetch';

export const resource = 'https://api.example.com/mcp';
export const issuer = 'https://auth.example.com';
export const now = Date.parse('2026-07-28T12:05:00Z');
export const seconds = now / 1000;

const curve = { name: 'ECDSA', namedCurve: 'P-256' };
const encode = (bytes) => Buffer.from(bytes).toString('base64url');
const encodeJson = (value) => encode(JSON.stringify(value));

const createKey = () => crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
const keys = { good: await createKey(), other: await createKey(), encryption: await createKey() };

async function publish(key, kid, use) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', key.publicKey);
  return { kty, crv, x, y, kid, use };
}

export const keySet = {
  keys: [await publish(keys.good, 'key-1', 'sig'), await publish(keys.encryption, 'key-enc', 'enc')],
};

export const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  introspection_endpoint: `${issuer}/introspect`,
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
};

/**
 * An access token for the resource, with changes.
 *
 * @param {{ claims?: object, header?: object, key?: keyof typeof keys }} [changes]
 */
export async function mint({ claims = {}, header = {}, key = 'good' } = {}) {
  const usual = { iss: issuer, aud: resource, sub: 'alice', client_id: 'notes-app', scope: 'notes:read' };
  const head = encodeJson({ alg: 'ES256', typ: 'at+jwt', kid: 'key-1', ...header });
  const body = encodeJson({ ...usual, iat: seconds - 60, exp: seconds + 3600, ...claims });
  const input = new TextEncoder().encode(`${head}.${body}`);
  const signature = await crypto.subtle.sign({ ...curve, hash: 'SHA-256' }, keys[key].privateKey, input);
  return `${head}.${body}.${encode(new Uint8Array(signature))}`;
}

/** RFC 7638. */
export async function thumbprintOf(key = 'good') {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys[key].publicKey);
  const text = JSON.stringify({ crv, kty, x, y });
  return encode(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

/**
 * A proof for a token at the resource, with changes (RFC 9449 §4.2).
 *
 * @param {string} token
 * @param {object} [changes] of the claims
 */
export async function prove(token, changes = {}) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.good.publicKey);
  const ath = encode(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)));
  const usual = { jti: 'proof-1', htm: 'POST', htu: resource, iat: seconds, ath };
  const head = encodeJson({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } });
  const input = new TextEncoder().encode(`${head}.${encodeJson({ ...usual, ...changes })}`);
  const signature = await crypto.subtle.sign({ ...curve, hash: 'SHA-256' }, keys.good.privateKey, input);
  return `${new TextDecoder().decode(input)}.${encode(new Uint8Array(signature))}`;
}

export const json = (value, init) =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' }, ...init });

/** A provider, of which some addresses answer otherwise. */
export function provider(changes = {}) {
  return async (url) => {
    const { pathname } = new URL(url);
    const [, change] = Object.entries(changes).find(([path]) => pathname.startsWith(path)) ?? [];
    if (change !== undefined) return typeof change === 'function' ? change() : json(change);
    if (pathname === '/jwks') return json(keySet);
    return pathname === '/introspect' ? json({ active: false }) : json(metadata);
  };
}

/** What is printed meanwhile, without colours. */
export async function printed(act) {
  const kept = { warn: console.warn, error: console.error };
  const lines = [];
  console.warn = console.error = (line) => void lines.push(stripVTControlCharacters(String(line)));
  try {
    await act();
    // Keys and metadata are also fetched for requests that nobody waits for any more
    await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    Object.assign(console, kept);
  }
  return lines;
}

/** The lines that one request, or the same several times, leaves in the log. */
export function request({
  authorization,
  body,
  mode = 'jwt',
  times = 1,
  options,
  config,
  server,
  fetch,
  revoked,
  dpop,
  proof,
}) {
  return printed(async () => {
    const mcpAuth = new MCPAuth({
      protectedResources: {
        metadata: { resource, authorizationServers: [{ issuer, type: 'oauth', ...server }] },
        dpop,
      },
      fetch: fetch ?? provider(),
      now: () => now,
      log: 'all',
      ...config,
    });
    const { fetch: ask } = mcpAuth.protect({ fetch: () => new Response() }, mode, { resource, ...options });
    if (revoked !== undefined) await mcpAuth.revoke(revoked);
    for (let time = 0; time < times; time++) {
      const headers = {
        'content-type': 'application/json',
        ...(authorization && { authorization }),
        ...(proof && { dpop: await proof(time) }),
      };
      const response = await ask(
        new Request(resource, { method: 'POST', headers, body: body && JSON.stringify(body) }),
        // What the owner's own function throws, the framework answers
      ).catch(() => undefined);
      if (response !== undefined && response.status >= 400) remember(await response.json());
    }
  });
}

/** The sentences that clients got, with an ellipsis for the name of a tool. */
export const sentences = new Set();

function remember({ error_description: description, message = description, error }) {
  sentences.add((message ?? error.message).replace('delete-note', '…'));
}
