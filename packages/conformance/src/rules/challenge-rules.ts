import type { Challenge } from '@mcp-auth/testing';

/** A challenge, and what it came with. */
export interface JudgedChallenge {
  readonly challenge: Challenge;
  readonly status: number;
  /** Whether tokens are taken with proofs and without: the error then stands on one of two challenges. */
  readonly besideAnother: boolean;
}

/** One rule that every challenge keeps. */
export interface ChallengeRule {
  /** What a challenge that breaks it does. */
  readonly broken: string;
  isBroken(judged: JudgedChallenge): boolean;
}

/** RFC 6750 §3.1, RFC 9470 §3: which code goes with which status. */
const bearerCodes: Readonly<Record<number, readonly (string | undefined)[]>> = {
  400: ['invalid_request'],
  401: [undefined, 'invalid_token', 'insufficient_user_authentication'],
  403: ['insufficient_scope'],
};

/** RFC 9449 §7.1, §9. */
const proofCodes = ['invalid_dpop_proof', 'use_dpop_nonce'];

/** RFC 6750 §3: characters of `error_description`, and of `scope` with its single spaces. */
const descriptionText = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const scopeText = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;
const algorithms = /^(?:[EPR]S(?:256|384|512)|EdDSA|Ed25519)(?: (?:[EPR]S(?:256|384|512)|EdDSA|Ed25519))*$/;

/** The value of a parameter, by its lower-case name. */
export function parameterOf(
  { parameters }: Pick<Challenge, 'parameters'>,
  wanted: string,
): string | undefined {
  return parameters.find(({ name }) => name.toLowerCase() === wanted)?.value;
}

export function isProofChallenge({ scheme }: Pick<Challenge, 'scheme'>): boolean {
  return scheme.toLowerCase() === 'dpop';
}

/** What holds for every challenge of a protected resource, to any request. */
export const challengeRules = {
  parameters: {
    broken: 'has no parameter',
    isBroken: ({ challenge }) => challenge.parameters.length === 0,
  },
  code: {
    broken: 'has an error that does not go with the status',
    isBroken: ({ challenge, status, besideAnother }) =>
      ![
        ...(bearerCodes[status] ?? []),
        ...(besideAnother ? [undefined] : []),
        ...(isProofChallenge(challenge) && status === 401 ? proofCodes : []),
      ].includes(parameterOf(challenge, 'error')),
  },
  algorithms: {
    broken: 'has bad algs',
    isBroken: ({ challenge }) =>
      isProofChallenge(challenge) !== algorithms.test(parameterOf(challenge, 'algs') ?? ''),
  },
  quoted: {
    broken: 'has a value that is not a quoted string',
    isBroken: ({ challenge }) => challenge.parameters.some(({ quoted }) => !quoted),
  },
  description: {
    broken: 'has a bad error_description',
    isBroken: ({ challenge }) => !descriptionText.test(parameterOf(challenge, 'error_description') ?? ''),
  },
  scope: {
    broken: 'has a bad scope',
    isBroken: ({ challenge }) => !scopeText.test(parameterOf(challenge, 'scope') ?? 'absent'),
  },
  scopeOnce: {
    broken: 'names a scope twice',
    isBroken: ({ challenge }) => {
      const scopes = parameterOf(challenge, 'scope')?.split(' ') ?? [];
      return new Set(scopes).size !== scopes.length;
    },
  },
  errorUri: {
    broken: 'has a bad error_uri',
    isBroken: ({ challenge }) => !/^\S*$/.test(parameterOf(challenge, 'error_uri') ?? ''),
  },
} as const satisfies Readonly<Record<string, ChallengeRule>>;
