import { isPlain } from '../errors/plain-object.js';
import { checkAudience } from '../token/audience.js';
import type { Claims } from '../token/token-policy.js';
import { reject, type RejectedToken } from '../token/verification.js';
import { checkClaimShapes } from './claim-rules.js';
import type { TokenInfo } from './token-info.js';

/** What a function is said to check of every token, with what a report may state of it. */
export interface CheckedByVerifier {
  readonly issuer: string;
  readonly audience: string | readonly string[];
  /** Values of `aud` that agree. */
  readonly audiences: ReadonlySet<string>;
  /** Values of `resource` that agree. */
  readonly resources: ReadonlySet<string>;
}

export type CheckedReport =
  | { readonly info: TokenInfo; readonly rejected?: never }
  | { readonly info?: never; readonly rejected: RejectedToken };

/**
 * The report of a function with the issuer and the audience that it is said to check.
 *
 * Checks: what the report states of them anyway, wherever it stands, agrees. Does not check: all else of the report.
 */
export function applyVerifierChecks(report: unknown, checks: CheckedByVerifier): CheckedReport {
  if (typeof report !== 'object' || report === null) return { rejected: reject('rejected_by_verifier') };
  const given = report as Readonly<Record<string, unknown>>;
  const { claims, extra } = given;
  // Members of anything else would be lost, and of two lists nobody could say which counts
  const bad = Object.entries({ claims, extra }).find(([, value]) => value !== undefined && !isPlain(value));
  if (bad !== undefined) return { rejected: reject('rejected_by_verifier', bad[0]) };
  if (claims !== undefined && extra !== undefined)
    return { rejected: reject('rejected_by_verifier', 'extra') };
  const details = (claims ?? extra ?? {}) as Claims;
  const audiences = listStated(given.audience, given.aud, details.aud, details.audience);
  const rejected =
    checkIssuers(listStated(given.issuer, given.iss, details.iss, details.issuer), checks) ??
    checkAudiences(audiences, checks) ??
    checkResource(given.resource, checks);
  if (rejected !== undefined) return { rejected };
  const info = {
    ...readOutside(given),
    issuer: checks.issuer,
    audience: audiences[0] ?? checks.audience,
    clientId: given.clientId,
    scopes: given.scopes,
    expiresAt: given.expiresAt,
    subject: given.subject ?? details.sub,
    claims: details,
  };
  // The kinds of its members are checked with those of every other report
  return { info: info as TokenInfo };
}

/** What is written outside of `claims`, as by a function that spreads the answer of an introspection endpoint, speaks too. */
export function readOutside(info: object): Claims {
  return readStated(info as Readonly<Record<string, unknown>>, outsideNames);
}

/** What `extra`, the place of claims in a report for the official SDK, says of the sender where nobody has read it as claims. */
export function readExtra(info: object): Claims {
  const { extra } = info as { readonly extra?: unknown };
  return typeof extra === 'object' && extra !== null
    ? readStated(extra as Readonly<Record<string, unknown>>, senderNames)
    : {};
}

function readStated(given: Readonly<Record<string, unknown>>, names: readonly string[]): Claims {
  const stated = names.filter((name) => given[name] !== undefined);
  return Object.fromEntries(stated.map((name) => [name, given[name]]));
}

const senderNames = ['cnf', 'token_type'];
const outsideNames = ['active', 'iss', 'exp', 'nbf', 'iat', 'cnf', 'token_type', 'token_use'];

function listStated(...values: readonly unknown[]): readonly unknown[] {
  return values.filter((value) => value !== undefined);
}

function checkIssuers(stated: readonly unknown[], { issuer }: CheckedByVerifier): RejectedToken | undefined {
  return stated.every((value) => value === issuer) ? undefined : reject('untrusted_issuer', 'iss');
}

function checkAudiences(
  stated: readonly unknown[],
  { audiences }: CheckedByVerifier,
): RejectedToken | undefined {
  for (const aud of stated) {
    const rejected =
      checkClaimShapes({ aud }) ??
      checkAudience(aud as string | readonly string[], { values: audiences, mayBeAbsent: false });
    if (rejected !== undefined) return rejected;
  }
  return undefined;
}

/** The SDK: where `resource` is set, it must be the identifier of the MCP server, without a fragment. */
function checkResource(stated: unknown, { resources }: CheckedByVerifier): RejectedToken | undefined {
  if (stated === undefined) return undefined;
  const text = stated instanceof URL ? stated.href : stated;
  const [identifier = ''] = typeof text === 'string' ? text.split('#', 1) : [];
  return resources.has(identifier) ? undefined : reject('wrong_audience', 'resource');
}
