import {
  MCPAuthTokenVerificationError as CoreTokenError,
  type AuthInfo as CoreAuthInfo,
  type VerifyAccessToken,
} from '@mcp-auth/core';
import type { AuthInfo } from '../auth-info.js';
import type { VerifyAccessTokenFunction } from '../bearer-auth-config.js';
import { restore, toReport, type Report } from './report.js';
import { toCoreError } from './to-core-error.js';

/** Judges an issuer, at once or in its own time: it throws for one that is not trusted. */
type JudgeIssuer = (issuer: string) => unknown;

/** What one request's verification brought to light. */
interface Call {
  found?: { readonly answer: AuthInfo; readonly report: Report };
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
      if (isNobody(answer)) return answer;
      const report = toReport(answer, await this.#accepts(answer.issuer));
      if (call !== undefined) call.found = { answer, report };
      return report.info;
    } catch (error) {
      throw toCoreError(error);
    }
  };

  /** Whether a function of your own accepts the issuer; without one, the core knows whom to trust. */
  async #accepts(issuer: unknown): Promise<boolean> {
    if (this.#judgeIssuer === undefined) return false;
    if (typeof issuer !== 'string') throw new CoreTokenError('untrusted_issuer');
    await this.#judgeIssuer(issuer);
    return true;
  }

  /** The caller as the core has checked it, in the words of the verifier, and with what it said beyond that. */
  complete(auth: CoreAuthInfo, { found }: Call): CoreAuthInfo {
    if (found === undefined) return auth;
    const { answer, report } = found;
    const others = Object.entries(answer).filter(([name]) => !(name in auth));
    return Object.assign(auth, Object.fromEntries(others), {
      token: readToken(answer) ?? auth.token,
      issuer: answer.issuer,
      ...restore(auth, report),
    });
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
