import type { Fault } from '../faults.js';
import { sound } from '../sound.js';

/** What goes wrong in how a server reads who calls. */
export const credentialFaults: Readonly<Record<string, Fault>> = {
  'post-alone-protected': {
    says: 'protects POST and forgets GET',
    caughtBy: 'every-method',
    change: { protects: ({ method }) => method === 'POST' },
  },
  'open-door': {
    says: 'has its handler in front of the check of tokens',
    caughtBy: 'open-door',
    change: { protects: () => false },
  },
  'trusts-forwarded-for': {
    says: 'lets in whoever says to come from behind a proxy',
    caughtBy: 'front-headers',
    change: { protects: ({ headers }) => headers['x-forwarded-for'] === undefined },
  },
  'query-token': {
    says: 'takes a token from the query',
    caughtBy: 'query-token',
    change: {
      readCredentials: (request) => {
        const token = new URL(request.url ?? '', 'http://localhost').searchParams.get('access_token');
        return token === null ? sound.readCredentials(request) : { kind: 'token', token };
      },
    },
  },
  'case-sensitive-scheme': {
    says: 'knows the scheme in one spelling',
    caughtBy: 'scheme-bearer',
    change: {
      readCredentials: (request) =>
        request.headers.authorization?.startsWith('Bearer ') === false
          ? { kind: 'none' }
          : sound.readCredentials(request),
    },
  },
  'first-of-two-headers': {
    says: 'takes the first of two Authorization headers',
    caughtBy: 'malformed-two-fields',
    change: {
      readCredentials: (request) => {
        const [, token] = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
        return token === undefined ? sound.readCredentials(request) : { kind: 'token', token };
      },
    },
  },
  'session-is-login': {
    says: 'lets in whoever names a session',
    caughtBy: 'session-without-token',
    change: { sessionsAreLogins: true },
  },
  'origin-not-validated': {
    says: 'answers pages of any origin',
    caughtBy: 'origin-refused',
    change: { allowsOrigin: () => true },
  },
};
