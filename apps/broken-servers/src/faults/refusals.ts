import type { Fault } from '../faults.js';
import { sound, writeChallenge } from '../sound.js';

/** What goes wrong in how a server says no. */
export const refusalFaults: Readonly<Record<string, Fault>> = {
  'no-challenge': {
    says: 'answers 401 without WWW-Authenticate',
    caughtBy: 'challenge-present',
    change: { challenges: () => [] },
  },
  'unescaped-quote': {
    says: 'puts quotes into a quoted value',
    caughtBy: 'challenge-readable',
    change: {
      challenges: ({ error }, setup) => [
        `Bearer error="${error ?? ''}", error_description="The token "abc" is bad", resource_metadata="${sound.metadataUrl.call(sound, setup) ?? ''}"`,
      ],
    },
  },
  'challenges-merged': {
    says: 'glues two challenges together, so that one has the parameters of the other',
    caughtBy: 'challenge-merged',
    change: {
      challenges: ({ error, scopes }, setup) => [
        `Bearer, DPoP ${writeChallenge([
          ['error', error],
          ['scope', scopes?.join(' ')],
          ['algs', 'ES256'],
          ['resource_metadata', sound.metadataUrl.call(sound, setup)],
        ])}`,
      ],
    },
  },
  'parameter-twice': {
    says: 'writes each scope into a parameter of its own',
    caughtBy: 'challenge-readable',
    change: {
      challenges: (refusal, setup) => {
        const [line = ''] = sound.challenges.call(sound, { ...refusal, scopes: [] }, setup);
        return [`${line.replace(/, $/, '')}, scope="notes:use", scope="notes:read"`];
      },
    },
  },
  'error-without-credentials': {
    says: 'calls a token invalid that nobody sent',
    caughtBy: 'challenge-no-error',
    change: {
      rewrite: (refusal) => (refusal.status === 401 ? { ...refusal, error: 'invalid_token' } : refusal),
    },
  },
  'no-error-for-bad-token': {
    says: 'does not say that a token was bad',
    caughtBy: 'challenge-error',
    change: {
      rewrite: ({ status, scopes }) => ({ status, ...(scopes === undefined ? {} : { scopes }) }),
    },
  },
  'description-in-other-letters': {
    says: 'describes errors with characters that the header must not hold',
    caughtBy: 'challenge-description',
    change: {
      rewrite: (refusal) =>
        refusal.description === undefined ? refusal : { ...refusal, description: 'Jeton refus\u00e9' },
    },
  },
  'made-up-error-code': {
    says: 'answers 401 with an error code of its own',
    caughtBy: 'challenge-code',
    change: {
      rewrite: (refusal) =>
        refusal.error === 'invalid_token' ? { ...refusal, error: 'token_expired' } : refusal,
    },
  },
  'cacheable-401': {
    says: 'lets caches keep its refusals',
    caughtBy: 'refusal-not-cached',
    change: { refusalHeaders: () => [['Cache-Control', 'public, max-age=3600']] },
  },
  'redirect-to-login': {
    says: 'sends clients without a token to a login page',
    caughtBy: 'refusal-no-page',
    change: {
      redirect: ({ status, error }) =>
        status === 401 && error === undefined ? 'https://id.example.com/login' : undefined,
    },
  },
  '403-for-bad-token': {
    says: 'answers 403 where a token is bad',
    caughtBy: 'time-expired',
    change: {
      rewrite: (refusal) => (refusal.error === 'invalid_token' ? { ...refusal, status: 403 } : refusal),
    },
  },
  'challenge-hidden-from-pages': {
    says: 'serves pages, and hides its refusals from them',
    caughtBy: 'browser-challenge',
    change: { exposesChallenges: false },
  },
};
