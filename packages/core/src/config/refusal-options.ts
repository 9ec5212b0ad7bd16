import type { DenialForm } from '../challenge/operation-refusals.js';
import type { ChallengeForm, ChallengeFunction, DeclaredCapability } from '../gate/challenge-form.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
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

/** @throws {MCPAuthConfigError} `unsupported_option` on a route where no rule can deny */
export function checkDenials(denials: DenialForm, operations: object | undefined): void {
  if (denials === 'json-rpc' || operations !== undefined) return;
  throw new MCPAuthConfigError(
    'unsupported_option',
    'denials',
    'needs operations: only rules deny. Write operations, or leave denials out.',
  );
}

const declaredCapability = object<DeclaredCapability>({ whenDeclared: { ...text, required: true } });

/** How a challenge is sent. */
export const challenges = {
  ...either(
    oneOf<ChallengeForm>(['http', 'tool-result']),
    either(declaredCapability, synchronous<ChallengeFunction>()),
  ),
  default: 'http',
} as const;
