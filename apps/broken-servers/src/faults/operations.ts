import type { Message } from '../behaviour.js';
import type { Fault } from '../faults.js';
import { scopes, sound } from '../sound.js';

const named = (method: unknown, name: unknown): readonly Message[] =>
  typeof method === 'string' ? [{ method, params: { name: String(name) } }] : [];

/** What goes wrong in how a server judges what a caller may do. */
export const operationFaults: Readonly<Record<string, Fault>> = {
  'no-operation-scopes': {
    says: 'asks for the scope of the route, whatever the tool',
    caughtBy: 'operation-scope',
    change: { scopesOf: () => [scopes.use] },
  },
  'body-blind': {
    says: 'judges the operation that the headers name, and none where they name none',
    caughtBy: 'operation-without-headers',
    change: { operationsOf: (_body, { headers }) => named(headers['mcp-method'], headers['mcp-name']) },
  },
  'header-alone': {
    says: 'believes the headers where the body says something else',
    caughtBy: 'operation-other-headers',
    change: {
      operationsOf: (body, request) => {
        const { headers } = request;
        const about = named(headers['mcp-method'], headers['mcp-name']);
        return about.length > 0 ? about : sound.operationsOf(body, request);
      },
    },
  },
  'first-of-a-batch': {
    says: 'judges the first message of a batch',
    caughtBy: 'operation-in-batch',
    change: { operationsOf: (body, request) => sound.operationsOf(body, request).slice(0, 1) },
  },
  '401-for-scope': {
    says: 'answers 401 where a good token lacks a scope',
    caughtBy: 'scope-status',
    change: { insufficientScope: 401 },
  },
  'missing-scope': {
    says: 'does not say which scope is missing',
    caughtBy: 'scope-challenge',
    change: { asksFor: () => [] },
  },
  'missing-scope-at-first': {
    says: 'does not say at first which scopes are needed',
    caughtBy: 'scope-in-first-challenge',
    change: {
      rewrite: (refusal) => {
        const { scopes: wanted, ...rest } = refusal;
        return refusal.status === 401 || wanted === undefined ? rest : refusal;
      },
    },
  },
  'one-scope-at-a-time': {
    says: 'asks for one missing scope, and then for the next',
    caughtBy: 'operation-allowed',
    change: { asksFor: (_needed, missing) => missing.slice(0, 1) },
  },
};
