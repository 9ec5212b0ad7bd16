import type { DenialForm } from '../challenge/operation-refusals.js';
import type { ChallengeForm, ChallengeFunction, DeclaredCapability } from '../gate/challenge-form.js';
import type { ChallengeScopes } from '../scopes/scope-requirement.js';
import { either, object } from './check-options.js';
import { oneOf, synchronous, text } from './kinds.js';

/** How a 403 is written; on a route and where the official SDK writes it. */
export const challengeScopes = {
  ...oneOf<ChallengeScopes>(['by-version', 'required', 'with-granted']),
  default: 'by-version',
} as const;

/** How a denial is written. */
export const denials = {
  ...oneOf<DenialForm>(['json-rpc', 'http-403', 'sep-2643']),
  default: 'json-rpc',
} as const;

const declaredCapability = object<DeclaredCapability>({ whenDeclared: { ...text, required: true } });

/** How a challenge is sent. */
export const challenges = {
  ...either(
    oneOf<ChallengeForm>(['http', 'tool-result']),
    either(declaredCapability, synchronous<ChallengeFunction>()),
  ),
  default: 'http',
} as const;
