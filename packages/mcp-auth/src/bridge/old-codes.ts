import { MCPAuthTokenVerificationError as CoreTokenError } from '@mcp-auth/core';
import type { RefuseDecision, RequestHead } from '@mcp-auth/core/adapter';
import type { BearerAuthErrorCode } from '../errors/bearer-auth-error.js';

/** The core's sentences for refusals that version 0.2 had its own code for; shown to clients by `showErrorDetails` only. */
const codesBySentence: ReadonlyMap<string, BearerAuthErrorCode> = new Map(
  (
    [
      ['untrusted_issuer', 'invalid_issuer'],
      ['missing_audience', 'invalid_audience'],
      ['wrong_audience', 'invalid_audience'],
    ] as const
  ).map(([code, old]) => [new CoreTokenError(code).message, old]),
);

/**
 * Adds the code of version 0.2 to the body of a refusal, as `code`.
 *
 * Only where `showErrorDetails` asks for it: RFC 6750 §3.1 knows three codes, and clients act on these.
 */
export function addOldCode(head: RequestHead, refusal: RefuseDecision): RefuseDecision {
  if (
    refusal.body === undefined ||
    (refusal.status !== 403 && refusal.status !== 401 && refusal.status !== 400)
  ) {
    return refusal;
  }
  // Written by the core a moment ago
  const body = JSON.parse(refusal.body) as Readonly<Record<string, string>>;
  return { ...refusal, body: JSON.stringify({ ...body, code: oldCode(head, refusal.status, body) }) };
}

function oldCode(
  head: RequestHead,
  status: number,
  { error, error_description: description = '' }: Readonly<Record<string, string>>,
): BearerAuthErrorCode {
  if (status === 403) return 'missing_required_scopes';
  if (error === 'invalid_token') return codesBySentence.get(description) ?? 'invalid_token';
  const credentials = head.header('authorization')?.trim();
  if (credentials === undefined || credentials === '') return 'missing_auth_header';
  return credentials.toLowerCase() === 'bearer' ? 'missing_bearer_token' : 'invalid_auth_header_format';
}
