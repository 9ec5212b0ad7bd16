import { type RefusalContext, refuseCredentials, refuseWithoutCredentials } from '../challenge/refusals.js';
import type { TokenScheme } from '../credentials/read-credentials.js';
import { type BearerAuthErrorCode, describeBearerAuthError } from '../errors/bearer-auth-error.js';
import { describeTokenError, type TokenErrorCode } from '../errors/token-error.js';
import type { RefuseDecision } from '../http/answer.js';

type UnreadCode = Extract<BearerAuthErrorCode, 'malformed_credentials' | 'repeated_credentials'>;

function describeUnread(code: UnreadCode, tokenHeader: string | undefined): string {
  if (tokenHeader === undefined) return describeBearerAuthError(code);
  return code === 'malformed_credentials'
    ? `The header ${tokenHeader} must hold one token and nothing else`
    : `The header ${tokenHeader} must occur once, without an Authorization header next to it`;
}

/** The refusals of one gate that are the same for every request: each is built once, frozen, and shared. */
export class StandingRefusals {
  /** RFC 6750 §3.1: no error code when no credentials were sent. */
  readonly withoutCredentials: RefuseDecision;
  readonly #context: RefusalContext;
  readonly #showErrorDetails: boolean;
  readonly #tokenHeader: string | undefined;
  readonly #byDescription = new Map<string, RefuseDecision>();

  constructor(context: RefusalContext, showErrorDetails: boolean, tokenHeader: string | undefined) {
    this.#context = context;
    this.#showErrorDetails = showErrorDetails;
    this.#tokenHeader = tokenHeader;
    this.withoutCredentials = refuseWithoutCredentials(context);
  }

  /** 400 for credentials that cannot be read. */
  request(code: UnreadCode, scheme?: TokenScheme): RefuseDecision {
    return this.#get('invalid_request', describeUnread(code, this.#tokenHeader), scheme);
  }

  /** RFC 9068 §4: what failed exactly is for the operator; the client learns that the token is of no use, or expired. */
  token(code: TokenErrorCode, scheme?: TokenScheme): RefuseDecision {
    const description =
      this.#showErrorDetails || code === 'token_expired'
        ? describeTokenError(code)
        : 'The access token is not valid for this resource';
    return this.#get('invalid_token', description, scheme);
  }

  #get(
    error: 'invalid_request' | 'invalid_token',
    description: string,
    scheme: TokenScheme | undefined,
  ): RefuseDecision {
    const key = scheme === 'dpop' ? `DPoP: ${description}` : description;
    let refusal = this.#byDescription.get(key);
    if (refusal === undefined) {
      refusal = refuseCredentials({ ...this.#context, scheme }, error, description);
      this.#byDescription.set(key, refusal);
    }
    return refusal;
  }
}
