import type { OAuthErrorClass } from '../config/sdk-options.js';
import { parseAuthorization } from '../credentials/read-credentials.js';
import { describeTokenError, MCPAuthTokenVerificationError } from '../errors/token-error.js';
import type { EventSink } from '../events/event-sink.js';
import type { Timing } from '../events/timing.js';
import { AuthInfo } from '../caller/auth-info.js';
import { checkAudience, type AcceptedAudiences } from '../token/audience.js';
import { DecisionReport, toFacts } from '../gate/decision-report.js';
import { warnOfFailure } from '../gate/verification-failure.js';
import type { RevocationList } from '../streams/revocation-list.js';
import {
  reject,
  type RejectedToken,
  type TokenVerifier,
  type Verification,
  type VerifiedToken,
} from '../token/verification.js';

/** Verifies access tokens for somebody else's gate. Assignable to `OAuthTokenVerifier` of the official SDK. */
export interface AccessTokenVerifier {
  /**
   * The caller that a token stands for.
   *
   * Checks: what a gate of this library checks of a token, audience included. Does not check: scopes.
   *
   * @throws `OAuthError` with code `invalid_token` for a token that is refused; its `cause` says why
   * @throws {MCPAuthAuthServerError} where nobody can tell, because the authorization server fails
   */
  verifyAccessToken(token: string): Promise<AuthInfo>;
}

/** What one verifier decides by. */
export interface TokenVerifierRules {
  readonly resource: string;
  readonly resourceMetadataUrl: string;
  readonly verifier: TokenVerifier;
  /** By the value a token may carry as `iss`. */
  readonly audiences: ReadonlyMap<string, AcceptedAudiences>;
  readonly events: EventSink;
  readonly showErrorDetails: boolean;
  readonly OAuthError: OAuthErrorClass | undefined;
  /** Tokens that must not pass any more. */
  readonly revocations?: RevocationList | undefined;
}

export function createAccessTokenVerifier(rules: TokenVerifierRules): AccessTokenVerifier {
  const { resource, verifier, audiences, events } = rules;
  const decisions = new DecisionReport({ resource, events, audiences, requiredScopes: [] });
  const refuse = (rejected: RejectedToken, token: string, took?: Timing, caller?: VerifiedToken): Error => {
    const { code } = rejected;
    decisions.deny({ token, caller, verification: took }, 401, code, toFacts(rejected));
    const { OAuthError = InvalidTokenError, showErrorDetails } = rules;
    const description =
      showErrorDetails || code === 'token_expired'
        ? describeTokenError(code)
        : 'The access token is not valid for this resource';
    const cause = new MCPAuthTokenVerificationError(code);
    return Object.defineProperty(new OAuthError('invalid_token', description), 'cause', { value: cause });
  };
  const verify = async (token: string): Promise<Verification> => {
    try {
      return await verifier(token);
    } catch (error) {
      warnOfFailure(events, resource, error);
      decisions.deny({ token }, 500, 'verification_failed', { via: 'bearer' });
      throw error;
    }
  };
  return {
    verifyAccessToken: async (token) => {
      // The SDK cuts the header at its spaces and commas and looks no further
      if (typeof (token as unknown) !== 'string' || parseAuthorization(`Bearer ${token}`).kind !== 'bearer') {
        throw refuse(reject('malformed_token'), '');
      }
      const known = verifier.recall?.(token);
      const stop = known === undefined ? events.startTiming() : undefined;
      const verification = known ?? (await verify(token));
      const took = stop?.();
      if (verification.kind === 'rejected') throw refuse(verification, token, took);
      if (verification.kind === 'unavailable') {
        // What the SDK's gate makes of an error that it does not know
        decisions.deny({ token, verification: took }, 500, 'authorization_server_unavailable', {
          via: 'bearer',
        });
        throw verification.error;
      }
      const verified = verification.token;
      if (known === undefined) rules.revocations?.note(verified);
      if (rules.revocations?.refuses(verified) === true)
        throw refuse(reject('revoked_token'), token, took, verified);
      if (known === undefined) await decisions.tokenIds?.note(verified);
      const rejected = checkAudience(verified.audience, audiences.get(verified.issuer) ?? noAudience);
      if (rejected !== undefined) throw refuse(rejected, token, took, verified);
      // Who sends it, nobody tells
      if (verified.confirmation !== undefined)
        throw refuse(reject('sender_constrained', 'cnf'), token, took, verified);
      decisions.allow({ caller: verified, isRemembered: known !== undefined, verification: took });
      return new AuthInfo(verified, rules);
    },
  };
}

const noAudience: AcceptedAudiences = { values: new Set(), mayBeAbsent: false };

/** Under this registry symbol the SDK's errors carry their kind, so that copies of the SDK know each other's errors. */
const brands: symbol = Symbol.for('mcp.sdk.errorBrands');

/** Passes for the SDK's `OAuthError` where the class itself was not given. */
class InvalidTokenError extends Error {
  override readonly name = 'OAuthError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
    Object.defineProperty(this, brands, { value: new Set(['mcp.OAuthError']) });
  }

  toResponseObject(): Record<string, string> {
    return { error: this.code, error_description: this.message };
  }
}
