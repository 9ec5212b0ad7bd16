import { parseAuthorization } from '../credentials/read-credentials.js';
import { describeReason, type DenialReason } from '../events/describe-decision.js';
import { toFact } from '../events/facts.js';
import { hasKeyId, selectKeys } from '../keys/key-source.js';
import type { ParsedKeySet } from '../keys/parse-key-set.js';
import type { PublicJwk } from '../keys/public-jwk.js';
import { findSigner } from '../signatures/find-signer.js';
import { checkLogin } from '../policy/check-login.js';
import { checkAudience } from '../token/audience.js';
import {
  checkClaimShapes,
  checkSenderConstraint,
  checkTimes,
  checkTokenKind,
} from '../verifier/claim-rules.js';
import { deepFreeze } from '../token/freeze.js';
import { checkHeader } from '../token/algorithms.js';
import { parseJwt, type ParsedJwt } from '../verifier/jwt-syntax.js';
import { checkRequiredClaims } from '../verifier/jwt-verifier.js';
import { checkTokenPolicy, readGrantedScopes } from '../verifier/trusted-issuer.js';
import { rejectUntrusted } from '../verifier/untrusted-issuer.js';
import { reject, type RejectedToken } from '../token/verification.js';
import { explainSender } from './explain-sender.js';
import {
  resolveExplainRules,
  type ExplainedIssuer,
  type ExplainOptions,
  type ExplainRules,
} from './explain-rules.js';
import {
  tokenChecks,
  type TokenCheck,
  type TokenCheckName,
  type TokenCheckResult,
  type TokenExplanation,
} from './explanation.js';

type Refusal = Extract<TokenCheckResult, { readonly outcome: 'refused' }>;

const passed: TokenCheckResult = { outcome: 'passed' };
const notCheckable: TokenCheckResult = { outcome: 'not-checkable' };

/**
 * Tells what a gate with JWT verification would say about an access token, and goes on after the first refusal so that
 * everything that is wrong shows together. For tools and support; the gate itself stops at the first.
 *
 * Checks: what the gate checks, by the same rules in the same order; the signature only where the key set is given, the sender of a
 * bound token only where the request is.
 * Does not check: operations, whether a published key set is still current, and of a proof its nonce and whether it was used before.
 * Fetches nothing.
 *
 * @throws {MCPAuthConfigError} for an option
 * @see RFC 6750 §3.1 and RFC 9068 §4
 * @example
 * ```ts
 * import { explainToken } from '@mcp-auth/core/explain';
 *
 * const { verdict, refusal } = await explainToken('eyJhbGciOi…', {
 *   resource: 'https://api.example.com/mcp',
 *   authorizationServers: [{ issuer: 'https://auth.example.com' }],
 * });
 * console.log(verdict, refusal?.message); // refused The access token expired: exp is 2026-07-28T12:00:00Z, 5 min ago
 * ```
 */
export async function explainToken(token: string, options: ExplainOptions): Promise<TokenExplanation> {
  const rules = resolveExplainRules(options);
  const results = new Map<TokenCheckName, TokenCheckResult>();
  const toResult = resultsFor(rules);
  const credentials = parseAuthorization(`Bearer ${token}`);
  if (credentials.kind !== 'bearer') {
    const code = credentials.kind === 'repeated' ? 'repeated_credentials' : 'malformed_credentials';
    results.set('credentials', toResult({ code }));
    return summarize(results);
  }
  results.set('credentials', passed);
  const { maxTokenBytes } = rules.jwt;
  const isLarge = credentials.token.length > maxTokenBytes;
  const size = { expected: `at most ${maxTokenBytes} bytes`, actual: credentials.token.length };
  results.set('size', toResult(isLarge ? reject('token_too_large', undefined, size) : undefined));
  if (isLarge) return summarize(results);
  const jwt = parseJwt(credentials.token);
  results.set('syntax', toResult(jwt.kind === 'unreadable' ? reject(jwt.code) : undefined));
  return jwt.kind === 'unreadable'
    ? summarize(results)
    : explainJwt(credentials.token, jwt, rules, { results, toResult });
}

/** What a check found, as a result of it. */
type ToResult = (found: Found | undefined) => TokenCheckResult;
type Found = Omit<DenialReason, 'resource' | 'required'> & Pick<RejectedToken, 'hint'>;

function resultsFor({ resource, requiredScopes: required, jwt }: ExplainRules): ToResult {
  return (found) => {
    if (found === undefined) return passed;
    const { code, claim, expected, actual, hint } = found;
    const reason = { ...found, resource, required };
    return {
      outcome: 'refused',
      // A verifier and the check of scopes have no other codes
      code: code as Refusal['code'],
      claim,
      ...(expected === undefined ? undefined : { expected }),
      ...(actual === undefined ? undefined : { actual }),
      message: describeReason(reason, jwt.time.now() * 1000),
      ...(hint === undefined ? undefined : { hint }),
    };
  };
}

interface Report {
  readonly results: Map<TokenCheckName, TokenCheckResult>;
  readonly toResult: ToResult;
}

async function explainJwt(
  token: string,
  jwt: ParsedJwt,
  rules: ExplainRules,
  { results, toResult }: Report,
): Promise<TokenExplanation> {
  const { header, claims } = deepFreeze(jwt);
  const { jwt: jwtRules } = rules;
  const headerProblem = checkHeader(header, jwtRules.header);
  const issuer = typeof claims.iss === 'string' ? rules.issuers.get(claims.iss) : undefined;
  results.set('header', toResult(headerProblem));
  results.set('issuer', toResult(checkIssuer(claims.iss, rules.issuers)));
  results.set(
    'signature',
    headerProblem === undefined && issuer?.keySet !== undefined
      ? toResult(await checkSignature(token, jwt, issuer.keySet))
      : notCheckable,
  );
  results.set('kind', toResult(checkTokenKind(header, claims, issuer?.policy, jwtRules.header.types)));
  results.set('time', toResult(checkTimes(claims, jwtRules.time)));
  results.set('claims', toResult(checkClaimShapes(claims) ?? checkRequiredClaims(claims, jwtRules)));
  results.set('sender-constraint', toResult(checkSenderConstraint(claims, jwtRules.confirmations)));
  const { found, binding } = await explainSender(token, claims, rules);
  results.set('sender', found === 'unknown' ? notCheckable : toResult(found));
  if (issuer === undefined) return { ...summarize(results, jwt), binding };
  results.set('policy', toResult(checkTokenPolicy(issuer, claims, header)));
  results.set('audience', explainAudience(claims, issuer, toResult));
  const need = rules.requiredAuthentication;
  const lack = need && checkLogin(need, claims, jwtRules.time.now() * 1000);
  const another = lack && ({ code: 'insufficient_user_authentication', ...lack } as const);
  results.set('authentication', toResult(another));
  const scopes = readGrantedScopes(issuer, claims);
  const missing = rules.requiredScopes.filter((scope) => !issuer.scopeCheck.covers(scopes, [scope]));
  const hasMissing = missing.length > 0;
  const insufficient = {
    code: 'insufficient_scope',
    granted: scopes,
    expected: toFact(rules.requiredScopes),
    actual: toFact(scopes),
  } as const;
  results.set('scopes', toResult(hasMissing ? insufficient : undefined));
  return { ...summarize(results, jwt), binding, scopes, missingScopes: missing };
}

function checkIssuer(iss: unknown, issuers: ReadonlyMap<string, ExplainedIssuer>): RejectedToken | undefined {
  if (typeof iss !== 'string') return reject('missing_issuer', 'iss', { expected: [...issuers.keys()] });
  return issuers.has(iss) ? undefined : rejectUntrusted(iss, issuers);
}

async function checkSignature(
  token: string,
  { header }: ParsedJwt,
  { keys: known, leftOut }: ParsedKeySet,
): Promise<RejectedToken | undefined> {
  // Asked only where the header rules have passed
  const query = { alg: header.alg as string, kid: header.kid as string | undefined };
  const keys = selectKeys(known, query);
  if (keys.length === 0) {
    const isKnown = hasKeyId([...known, ...leftOut], query);
    if (isKnown) return reject('unsuitable_key', undefined, { actual: query.kid });
    const names = known.map(({ kid }) => kid).filter((kid) => kid !== undefined);
    return reject('unknown_key', undefined, { expected: names, actual: query.kid });
  }
  const refused = new Set<PublicJwk>();
  const signer = await findSigner(token, keys, query.alg, (key) => refused.add(key));
  if (signer !== undefined) return undefined;
  const isUnsuitable = query.kid !== undefined && keys.every((key) => refused.has(key));
  return isUnsuitable
    ? reject('unsuitable_key', undefined, { actual: query.kid })
    : reject('invalid_signature');
}

/** An `aud` of an unusable shape is refused as a claim; there is nothing to compare. */
function explainAudience(
  claims: Readonly<Record<string, unknown>>,
  { accepted }: ExplainedIssuer,
  toResult: ToResult,
): TokenCheckResult {
  if (checkClaimShapes({ aud: claims.aud }) !== undefined) return notCheckable;
  // Its shape was just checked
  return toResult(checkAudience(claims.aud as string | readonly string[] | undefined, accepted));
}

function summarize(
  results: ReadonlyMap<TokenCheckName, TokenCheckResult>,
  jwt?: ParsedJwt,
): TokenExplanation {
  const checks = tokenChecks.map((name): TokenCheck => ({ name, ...(results.get(name) ?? notCheckable) }));
  const refusal = checks.find((check) => check.outcome === 'refused');
  const isComplete = checks.every(({ outcome }) => outcome === 'passed');
  return {
    verdict: refusal !== undefined ? 'refused' : isComplete ? 'accepted' : 'undecided',
    refusal,
    checks,
    header: jwt?.header,
    claims: jwt?.claims,
    binding: undefined,
    scopes: [],
    missingScopes: [],
  };
}
