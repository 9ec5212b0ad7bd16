import { parseAuthorization } from '../credentials/read-credentials.js';
import { findSigner, hasKeyId, selectKeys } from '../keys/key-source.js';
import type { PublicJwk } from '../keys/public-jwk.js';
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
import { reject, type RejectedToken } from '../token/verification.js';
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

const passed: TokenCheckResult = { outcome: 'passed' };
const notCheckable: TokenCheckResult = { outcome: 'not-checkable' };

/**
 * Tells what a gate with JWT verification would say about an access token, and goes on after the first refusal so that
 * everything that is wrong shows together. For tools and support; the gate itself stops at the first.
 *
 * Checks: what the gate checks, by the same rules in the same order; the signature only where the key set is given.
 * Does not check: operations, and whether a published key set is still current. Fetches nothing.
 *
 * @throws {MCPAuthConfigError} for an option
 * @see RFC 6750 §3.1 and RFC 9068 §4
 * @example
 * ```ts
 * import { explainToken } from '@mcp-auth/core/explain';
 *
 * const { verdict, checks } = await explainToken('eyJhbGciOi…', {
 *   resource: 'https://api.example.com/mcp',
 *   authorizationServers: [{ issuer: 'https://auth.example.com' }],
 * });
 * ```
 */
export async function explainToken(token: string, options: ExplainOptions): Promise<TokenExplanation> {
  const rules = resolveExplainRules(options);
  const results = new Map<TokenCheckName, TokenCheckResult>();
  const credentials = parseAuthorization(`Bearer ${token}`);
  results.set('credentials', describeCredentials(credentials.kind));
  if (credentials.kind !== 'bearer') return summarize(results);
  const isLarge = credentials.token.length > rules.jwt.maxTokenBytes;
  results.set('size', isLarge ? toResult(reject('token_too_large')) : passed);
  if (isLarge) return summarize(results);
  const jwt = parseJwt(credentials.token);
  results.set('syntax', jwt.kind === 'unreadable' ? toResult(reject(jwt.code)) : passed);
  return jwt.kind === 'unreadable' ? summarize(results) : explainJwt(credentials.token, jwt, rules, results);
}

function describeCredentials(kind: ReturnType<typeof parseAuthorization>['kind']): TokenCheckResult {
  if (kind === 'bearer') return passed;
  return { outcome: 'refused', code: kind === 'repeated' ? 'repeated_credentials' : 'malformed_credentials' };
}

async function explainJwt(
  token: string,
  jwt: ParsedJwt,
  rules: ExplainRules,
  results: Map<TokenCheckName, TokenCheckResult>,
): Promise<TokenExplanation> {
  const { header, claims } = deepFreeze(jwt);
  const { jwt: jwtRules } = rules;
  const headerProblem = checkHeader(header, jwtRules.header);
  const issuer = typeof claims.iss === 'string' ? rules.issuers.get(claims.iss) : undefined;
  results.set('header', toResult(headerProblem));
  results.set('issuer', toResult(checkIssuer(claims.iss, issuer)));
  results.set(
    'signature',
    headerProblem === undefined ? await checkSignature(token, jwt, issuer) : notCheckable,
  );
  results.set('kind', toResult(checkTokenKind(header, claims, issuer?.policy, jwtRules.header.types)));
  results.set('time', toResult(checkTimes(claims, jwtRules.time)));
  results.set('claims', toResult(checkClaimShapes(claims) ?? checkRequiredClaims(claims, jwtRules)));
  results.set('sender-constraint', toResult(checkSenderConstraint(claims)));
  if (issuer === undefined) return summarize(results, jwt);
  results.set('policy', toResult(checkTokenPolicy(issuer, claims, header)));
  results.set('audience', explainAudience(claims, issuer));
  const scopes = readGrantedScopes(issuer, claims);
  const missing = rules.requiredScopes.filter((scope) => !issuer.scopeCheck.covers(scopes, [scope]));
  results.set('scopes', missing.length === 0 ? passed : { outcome: 'refused', code: 'insufficient_scope' });
  return { ...summarize(results, jwt), scopes, missingScopes: missing };
}

function checkIssuer(iss: unknown, issuer: ExplainedIssuer | undefined): RejectedToken | undefined {
  if (typeof iss !== 'string') return reject('missing_issuer', 'iss');
  return issuer === undefined ? reject('untrusted_issuer', 'iss') : undefined;
}

async function checkSignature(
  token: string,
  { header }: ParsedJwt,
  issuer: ExplainedIssuer | undefined,
): Promise<TokenCheckResult> {
  if (issuer?.keySet === undefined) return notCheckable;
  // Asked only where the header rules have passed
  const query = { alg: header.alg as string, kid: header.kid as string | undefined };
  const { keys: known, leftOut } = issuer.keySet;
  const keys = selectKeys(known, query);
  if (keys.length === 0) {
    return toResult(reject(hasKeyId([...known, ...leftOut], query) ? 'unsuitable_key' : 'unknown_key'));
  }
  const refused = new Set<PublicJwk>();
  const signer = await findSigner(token, keys, query.alg, (key) => refused.add(key));
  if (signer !== undefined) return passed;
  const isUnsuitable = query.kid !== undefined && keys.every((key) => refused.has(key));
  return toResult(reject(isUnsuitable ? 'unsuitable_key' : 'invalid_signature'));
}

/** An `aud` of an unusable shape is refused as a claim; there is nothing to compare. */
function explainAudience(
  claims: Readonly<Record<string, unknown>>,
  { accepted }: ExplainedIssuer,
): TokenCheckResult {
  if (checkClaimShapes({ aud: claims.aud }) !== undefined) return notCheckable;
  // Its shape was just checked
  return toResult(checkAudience(claims.aud as string | readonly string[] | undefined, accepted));
}

function toResult(rejected: RejectedToken | undefined): TokenCheckResult {
  if (rejected === undefined) return passed;
  const { code, claim } = rejected;
  return { outcome: 'refused', code, claim };
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
    scopes: [],
    missingScopes: [],
  };
}
