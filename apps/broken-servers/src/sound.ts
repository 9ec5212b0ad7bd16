import type { IncomingMessage } from 'node:http';
import type { Behaviour, Credentials, Message } from './behaviour.js';

export const scopes = { use: 'notes:use', read: 'notes:read', write: 'notes:write' } as const;

const signed = ['RS256', 'ES256', 'EdDSA'] as const;

/** RFC 9110 §5.6.4. */
const quote = (value: string): string => `"${value.replaceAll(/["\\]/g, '\\$&')}"`;

export const writeChallenge = (parameters: readonly (readonly [string, string | undefined])[]): string =>
  parameters.flatMap(([name, value]) => (value === undefined ? [] : `${name}=${quote(value)}`)).join(', ');

function readCredentials(request: IncomingMessage): Credentials {
  const lines = request.rawHeaders.filter(
    (_value, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'authorization',
  );
  const [line = '', ...more] = lines;
  if (more.length > 0) return { kind: 'malformed' };
  const [scheme = ''] = line.split(/[\s,:]/, 1);
  if (scheme.toLowerCase() !== 'bearer') return { kind: 'none' };
  const rest = line.slice(scheme.length);
  if (rest.trim() === '') return { kind: 'none' };
  const [, token] = /^ +([\w.~+/-]+=*)$/.exec(rest) ?? [];
  return token === undefined ? { kind: 'malformed' } : { kind: 'token', token };
}

const wellKnown = '/.well-known/oauth-protected-resource';

/** A server as the standards want it. */
export const sound: Behaviour = {
  metadataPaths: ({ resource }) => [`${wellKnown}${new URL(resource).pathname}`],
  isMetadataPath(path, setup) {
    return this.metadataPaths(setup).includes(path);
  },
  metadata: ({ resource, issuer }) => ({
    resource,
    resource_name: 'Notes',
    authorization_servers: [issuer],
    scopes_supported: Object.values(scopes),
    bearer_methods_supported: ['header'],
  }),
  metadataHeaders: () => [
    ['Access-Control-Allow-Origin', '*'],
    ['Cache-Control', 'public, max-age=300'],
  ],
  metadataNeedsToken: false,
  metadataUrl(setup) {
    return `${new URL(setup.resource).origin}${this.metadataPaths(setup)[0] ?? ''}`;
  },
  challenges({ error, description, scopes: wanted }, setup) {
    const parameters = writeChallenge([
      ['error', error],
      ['error_description', description],
      ['scope', wanted?.join(' ')],
      ['resource_metadata', this.metadataUrl(setup)],
    ]);
    return [`Bearer ${parameters}`];
  },
  refusalHeaders: () => [['Cache-Control', 'no-store']],
  rewrite: (refusal) => refusal,
  redirect: () => undefined,
  protects: () => true,
  readCredentials,
  sessionsAreLogins: false,
  allowsOrigin: (origin) => /^https?:\/\/(?:127\.0\.0\.1|localhost|app\.example\.com)(?::\d+)?$/.test(origin),
  foreignOriginStatus: 403,
  answersPages: true,
  exposesChallenges: true,
  trustsIssuer: (issuer, setup) => issuer === setup.issuer,
  keysAt: (issuer) => `${issuer}/keys`,
  refetchesKeys: true,
  outageStatus: 503,
  algorithms: signed,
  checksSignature: () => true,
  keyFromHeader: () => undefined,
  hasRightAudience: (audience, { resource }) => {
    const list = typeof audience === 'string' ? [audience] : audience;
    return Array.isArray(list) && list.every((each) => typeof each === 'string') && list.includes(resource);
  },
  isCurrent: ({ exp, nbf, iat }, now) =>
    isTime(exp) && exp < 100_000_000_000 && now < exp + 5 && isPast(nbf, now) && isPast(iat, now),
  isAccessToken: ({ typ }, claims) => {
    const kind =
      typ === undefined || (typeof typ === 'string' && /^(?:jwt|(?:application\/)?at\+jwt)$/i.test(typ));
    if (!kind) return false;
    if (/^(?:application\/)?at\+jwt$/i.test(String(typ)))
      return marks.every((mark) => !(mark in claims) || mark === 'nonce') && !hasKind(claims);
    return marks.every((mark) => !(mark in claims)) && !hasKind(claims);
  },
  isBound: (claims) => claims.cnf !== undefined,
  isActive: ({ active }) => active === true,
  introspectionOutage: 503,
  scopesOf: ({ method, params }) => {
    if (method !== 'tools/call') return [scopes.use];
    return params?.name === 'add-note' ? [scopes.use, scopes.read, scopes.write] : [scopes.use];
  },
  operationsOf: (body) => (Array.isArray(body) ? (body as Message[]) : [body as Message]),
  asksFor: (needed) => needed,
  insufficientScope: 403,
  onUnreadable: () => 401,
};

/** What ID tokens, logout tokens and answers about tokens have, and access tokens have not. */
const marks = ['nonce', 'at_hash', 'c_hash', 'events', 'token_introspection'];

function hasKind(claims: Readonly<Record<string, unknown>>): boolean {
  return (
    ['Refresh', 'ID', 'Logout'].includes(String(claims.typ)) ||
    ['id', 'refresh'].includes(String(claims.token_use))
  );
}

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0;

const isPast = (value: unknown, now: number): boolean =>
  value === undefined || (isTime(value) && value <= now + 60);
