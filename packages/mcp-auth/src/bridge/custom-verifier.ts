import {
  MCPAuthTokenVerificationError as CoreTokenError,
  type AuthInfo as CoreAuthInfo,
  type VerifyAccessToken,
} from '@mcp-auth/core';
import type { AuthInfo } from '../auth-info.js';
import type { VerifyAccessTokenFunction } from '../bearer-auth-config.js';
import { contradictsClaims, restore, toReport, type Report } from './report.js';
import { toCoreError } from './to-core-error.js';

/** Whom to trust where the core does not know. */
interface IssuerRules {
  /** Judges an issuer, immediately or later: it throws for one that is not trusted. */
  readonly judge: (issuer: string) => unknown;
  /** Told of an answer whose claims name another issuer. */
  readonly onContradiction: () => void;
}

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
  readonly #rules: IssuerRules | undefined;
  #call: Call | undefined;

  constructor(verify: VerifyAccessTokenFunction, rules?: IssuerRules) {
    this.#verify = verify;
    this.#rules = rules;
  }

  /** Runs what asks the verifier, immediately, and tells what it was answered. */
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
      if (this.#rules !== undefined) await checkIssuer(answer, this.#rules);
      const report = toReport(answer, this.#rules !== undefined);
      if (call !== undefined) call.found = { answer, report };
      return report.info;
    } catch (error) {
      throw toCoreError(error);
    }
  };

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

async function checkIssuer(answer: AuthInfo, { judge, onContradiction }: IssuerRules): Promise<void> {
  // For callers without TypeScript
  if (typeof (answer.issuer as unknown) !== 'string') throw new CoreTokenError('untrusted_issuer');
  const said = await judge(answer.issuer);
  // For callers who answer instead of throwing
  if (said !== undefined && !said) throw new CoreTokenError('untrusted_issuer');
  if (!contradictsClaims(answer)) return;
  onContradiction();
  throw new CoreTokenError('untrusted_issuer');
}

/** From callers without TypeScript; the core refuses it. */
function isNobody(answer: unknown): boolean {
  return typeof answer !== 'object' || answer === null;
}

/** The token handlers shall have: a verifier that exchanges tokens returns another than it was given. */
function readToken({ token }: Partial<AuthInfo>): string | undefined {
  return typeof token === 'string' && token !== '' ? token : undefined;
}
