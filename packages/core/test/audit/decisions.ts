import type { AuditedDecision } from '../../src/audit.js';

const facts = {
  version: 1,
  type: 'decision',
  time: 1_800_000_000_000,
  resource: 'https://api.example.com/mcp',
  route: '/mcp',
  httpMethod: 'POST',
  binding: 'none',
  required: ['notes:read'],
} as const;

const caller = {
  issuer: 'https://auth.example.com',
  subject: 'user-1',
  clientId: 'client-1',
  expiresAt: 1_800_000_300,
  tokenId: '3f1ba3c0b2f04cbf9a5d2f0a4d8c1e77',
};

export const allowed: AuditedDecision = {
  ...facts,
  level: 'info',
  outcome: 'allow',
  via: 'bearer',
  memory: 'remembered',
  operations: [{ method: 'tools/call', target: 'write' }],
  granted: ['notes:read'],
  caller,
  requestId: 'request-17',
};

/** A token that says it is the administrator's, signed by nobody that is trusted. */
export const forged: AuditedDecision = {
  ...facts,
  level: 'warn',
  outcome: 'deny',
  status: 401,
  code: 'invalid_signature',
  via: 'bearer',
  claimed: {
    issuer: 'https://auth.example.com',
    subject: 'administrator',
    clientId: 'claude-desktop',
    audience: 'https://api.example.com/mcp',
    keyId: 'key-1',
    expiresAt: 1_800_000_300,
  },
};

/** One of each kind. */
export const decisions: Readonly<Record<string, AuditedDecision>> = {
  allowed,
  'allowed to list': { ...allowed, operations: [{ method: 'tools/list' }] },
  'a batch': {
    ...allowed,
    operations: [{ method: 'tools/list' }, { method: 'resources/read', target: 'notes://1' }],
  },
  'without rules for operations': { ...allowed, operations: undefined as never },
  'a client without a user': { ...allowed, caller: { ...caller, subject: undefined as never } },
  'a token that names nobody': {
    ...allowed,
    caller: { issuer: caller.issuer, expiresAt: caller.expiresAt + 0.5 },
  },
  anonymous: { ...facts, level: 'info', outcome: 'allow', via: 'anonymous', required: [] },
  'missing credentials': {
    ...facts,
    level: 'info',
    outcome: 'deny',
    status: 401,
    code: 'missing_credentials',
    via: 'none',
  },
  forged,
  'a genuine token for another resource': {
    ...facts,
    level: 'warn',
    outcome: 'deny',
    status: 401,
    code: 'wrong_audience',
    via: 'bearer',
    claim: 'aud',
    expected: ['https://api.example.com/mcp'],
    actual: 'https://other.example.com/mcp',
    caller,
  },
  'insufficient scope': {
    ...allowed,
    level: 'info',
    outcome: 'deny',
    status: 403,
    code: 'insufficient_scope',
  },
  'an outage': {
    ...facts,
    level: 'warn',
    outcome: 'deny',
    status: 503,
    code: 'authorization_server_unavailable',
    via: 'bearer',
  },
  "somebody else's gate": {
    ...facts,
    httpMethod: undefined as never,
    level: 'info',
    outcome: 'deny',
    status: 401,
    code: 'token_expired',
    via: 'bearer',
    caller,
  },
};
