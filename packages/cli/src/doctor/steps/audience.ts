import { explainToken, type TokenExplanation } from '@mcp-auth/core/explain';
import type { ProblemId } from '../problems/problems.js';
import type { Fault } from '../trail.js';

export interface TokenPlace {
  readonly resource: string;
  readonly issuer: string;
  readonly required: readonly string[];
}

/** What a token says about itself, as far as it can be read here. */
export interface ReadToken {
  /** What speaks against it. Only the server knows whether it matters there. */
  readonly suspicion: Fault | undefined;
  readonly isOpaque: boolean;
  /** Granted scopes, where it says them. */
  readonly scopes: readonly string[];
  readonly saw: string;
  /** By what the token says it is bound (RFC 9449 §6.1, RFC 8705 §3.1). */
  readonly boundTo?: string | undefined;
}

/** Reads a token locally: nothing is sent anywhere, and its signature is not looked at. */
export async function readToken(token: string, { resource, issuer }: TokenPlace): Promise<ReadToken> {
  const explanation = await explainToken(token, { resource, authorizationServers: [{ issuer }] });
  const { claims, refusal, scopes } = explanation;
  if (claims === undefined) {
    const isEncrypted = refusal?.code === 'encrypted_token' || token.split('.').length === 5;
    const saw = isEncrypted
      ? 'the token is encrypted, so it cannot be read here'
      : 'the token is opaque, so it cannot be read here';
    return { suspicion: undefined, isOpaque: true, scopes: [], saw };
  }
  const suspicion = toFault(explanation);
  const saw = `aud ${show(claims['aud'])}, iss ${show(claims['iss'])}${scopes.length === 0 ? '' : `, scopes ${scopes.join(' ')}`}`;
  return { suspicion, isOpaque: false, scopes, saw, boundTo: readConfirmation(claims['cnf']) };
}

function readConfirmation(cnf: unknown): string | undefined {
  if (typeof cnf !== 'object' || cnf === null) return undefined;
  if ('jkt' in cnf) return 'the key of a proof (DPoP)';
  return 'x5t#S256' in cnf ? 'a client certificate (mTLS)' : 'a key of the client';
}

/** The order of a gate, but for the kind of the token: an ID token has the wrong audience too, and its kind is the cause. */
function toFault({ checks }: TokenExplanation): Fault | undefined {
  const refused = checks.filter((check) => check.outcome === 'refused');
  const cause = refused.find(({ name }) => name === 'kind') ?? refused.find(isAboutToken);
  if (cause === undefined) return undefined;
  const { code, message, expected, actual, hint, claim } = cause;
  return {
    problem: times.includes(claim ?? '') ? timeProblem(code) : problemOf(code),
    why: `${message}.`.replace(/\.\.$/, '.'),
    fix: hint,
    expected: expected === undefined ? undefined : show(expected),
    actual: actual === undefined ? undefined : show(actual),
  };
}

/** Scopes are the matter of the call. */
function isAboutToken({ name }: { readonly name: string }): boolean {
  return name !== 'scopes' && name !== 'sender-constraint' && name !== 'sender';
}

const times = ['exp', 'iat', 'nbf'];

function timeProblem(code: string): ProblemId {
  return code === 'token_expired' ? 'token-expired' : 'token-time';
}

function problemOf(code: string): ProblemId {
  switch (code) {
    case 'wrong_audience':
      return 'wrong-audience';
    case 'missing_audience':
      return 'missing-audience';
    case 'untrusted_issuer':
    case 'missing_issuer':
      return 'wrong-issuer';
    case 'not_an_access_token':
    case 'unsupported_type':
      return 'not-an-access-token';
    default:
      return 'token-unfit';
  }
}

function show(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? 'missing' : JSON.stringify(value);
}
