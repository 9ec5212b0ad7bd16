import { AuthInfo as CoreAuthInfo, type VerifyAccessToken } from '@mcp-auth/core';
import type { AuthInfo } from '../auth-info.js';
import type { VerifyAccessTokenFunction } from '../bearer-auth-config.js';
import { toCoreError } from './to-core.js';

/** Judges an issuer, at once or in its own time: it throws for one that is not trusted. */
type JudgeIssuer = (issuer: string) => unknown;

/** Stands for every issuer that a function accepts: the core compares with a list. RFC 6761 §6.4 keeps the name unused. */
export const standInIssuer = 'https://issuer.invalid';

/** What one request's verification brought to light. */
interface Call {
  answer?: AuthInfo;
}

/**
 * Your own verifier, as the core asks it, and its answer, as your handlers expect it: with the members that the core does not
 * know, such as `extra`.
 */
export class CustomVerifier {
  readonly #verify: VerifyAccessTokenFunction;
  readonly #judgeIssuer: JudgeIssuer | undefined;
  #call: Call | undefined;

  constructor(verify: VerifyAccessTokenFunction, judgeIssuer?: JudgeIssuer) {
    this.#verify = verify;
    this.#judgeIssuer = judgeIssuer;
  }

  /** Runs what asks the verifier, at once, and tells what it was answered. */
  observe<T>(ask: () => T): [T, Call] {
    const call: Call = {};
    this.#call = call;
    try {
      return [ask(), call];
    } finally {
      this.#call = undefined;
    }
  }

  readonly verify: VerifyAccessToken = async (token) => {
    const call = this.#call;
    try {
      const answer = await this.#verify(token);
      if (call !== undefined) call.answer = answer;
      if (this.#judgeIssuer === undefined || isNobody(answer)) return answer;
      await this.#judgeIssuer(answer.issuer);
      return { ...answer, issuer: standInIssuer };
    } catch (error) {
      throw toCoreError(error);
    }
  };

  /** The caller as the core has checked it, with what the verifier said beyond that. */
  complete(auth: CoreAuthInfo, { answer }: Call): CoreAuthInfo {
    if (answer === undefined) return auth;
    const { issuer } = answer;
    const token = readToken(answer) ?? auth.token;
    const complete =
      issuer === auth.issuer && token === auth.token
        ? auth
        : new CoreAuthInfo({
            token,
            clientId: auth.clientId,
            scopes: auth.scopes,
            expiresAt: auth.expiresAt,
            claims: auth.claims,
            audience: auth.audience,
            subject: auth.subject,
            issuer,
            resource: auth.resource?.href,
            resourceMetadataUrl: auth.resourceMetadataUrl,
          });
    const others = Object.entries(answer).filter(([name]) => !(name in complete));
    return Object.assign(complete, Object.fromEntries(others));
  }
}

/** From callers without TypeScript; the core refuses it. */
function isNobody(answer: unknown): boolean {
  return typeof answer !== 'object' || answer === null;
}

/** The token handlers shall have: a verifier that exchanges tokens returns another than it was given. */
function readToken({ token }: Partial<AuthInfo>): string | undefined {
  return typeof token === 'string' && token !== '' ? token : undefined;
}
