import { describeKeyId, findSigner, type KeyLookup, maxUnnamed } from '../keys/key-source.js';
import type { PublicJwk } from '../keys/public-jwk.js';
import { type Confirmation, type ConfirmationMethod, readConfirmation } from '../token/confirmation.js';
import { freezeJson } from '../token/freeze.js';
import {
  checkClaimShapes,
  checkSenderConstraint,
  checkTimes,
  checkTokenKind,
  type TimeRules,
} from './claim-rules.js';
import { checkHeader, type HeaderRules } from '../token/algorithms.js';
import { type KnownTokens, recallToken, rememberToken } from './known-token.js';
import { type ParsedJwt, parseJwt } from './jwt-syntax.js';
import { signerOf } from './token-signers.js';
import { toStatement } from '../token/token-statement.js';
import { checkTokenPolicy, type KeyedIssuer, readClientId, readGrantedScopes } from './trusted-issuer.js';
import { rejectUntrusted } from './untrusted-issuer.js';
import {
  reject,
  type RejectedToken,
  type TokenVerifier,
  type Verification,
  type VerifiedToken,
  type VerifiedVerdict,
} from '../token/verification.js';

export interface JwtRules {
  /** Equal for equal rules. */
  readonly id: string;
  /** Longer tokens are refused unread. Every character of a token is one byte. */
  readonly maxTokenBytes: number;
  readonly header: HeaderRules;
  readonly time: TimeRules;
  readonly requiredClaims: readonly string[];
  readonly subject: string | undefined;
  /** How tokens may be bound to who sends them. */
  readonly confirmations: ReadonlySet<ConfirmationMethod>;
}

/**
 * Creates the verifier for JWT access tokens (RFC 9068 §4, with the tolerance of RFC 8725 where RFC 9068 is not in use).
 *
 * Checks, in this order: size and spelling, JOSE header, issuer, signature with a key of that issuer only, kind of
 * token, time claims, required claims, sender constraint, policy of the authorization server.
 * Does not check: audience and scopes; these belong to the policy of a gate.
 *
 * @param issuers - by the value a token may carry as `iss`
 * @param known - where verdicts on good tokens are kept; none are without it
 */
export function createJwtVerifier(
  issuers: ReadonlyMap<string, KeyedIssuer>,
  rules: JwtRules,
  known?: KnownTokens,
): TokenVerifier {
  const verify = (token: string): Verification | Promise<Verification> => {
    if (token.length > rules.maxTokenBytes) return reject('token_too_large');
    const jwt = parseJwt(token);
    if (jwt.kind === 'unreadable') return reject(jwt.code);
    const rejected = checkHeader(jwt.header, rules.header);
    if (rejected !== undefined) return withStatement(rejected, jwt);
    const { iss } = jwt.claims;
    if (typeof iss !== 'string') return withStatement(reject('missing_issuer', 'iss'), jwt);
    const issuer = issuers.get(iss);
    if (issuer === undefined) return withStatement(rejectUntrusted(iss, issuers), jwt);
    return verifyWithIssuer(token, jwt, issuer, rules, known);
  };
  const saysExpired = (token: string): boolean => {
    const jwt = token.length > rules.maxTokenBytes ? undefined : parseJwt(token);
    if (jwt?.kind !== 'parsed' || typeof jwt.claims.iss !== 'string' || !issuers.has(jwt.claims.iss))
      return false;
    return checkTimes(jwt.claims, rules.time)?.code === 'token_expired';
  };
  if (known === undefined) return Object.assign(verify, { saysExpired });
  return Object.assign(verify, {
    saysExpired,
    recall: (token: string) => recallToken(token, known, issuers, rules.time),
  });
}

async function verifyWithIssuer(
  token: string,
  jwt: ParsedJwt,
  issuer: KeyedIssuer,
  rules: JwtRules,
  known: KnownTokens | undefined,
): Promise<Verification> {
  // The header rules have refused all other shapes
  const alg = jwt.header.alg as string;
  const kid = jwt.header.kid as string | undefined;
  const iat = typeof jwt.claims.iat === 'number' ? jwt.claims.iat : undefined;
  const query = { kid, alg, iat };
  // Most keys are there, and waiting for what is there costs turns
  const pending = issuer.keys.lookup(query);
  const lookup = pending instanceof Promise ? await pending : pending;
  if (lookup.kind === 'unavailable') return lookup;
  if (lookup.kind !== 'found') return withStatement(rejectLookup(lookup, jwt), jwt);
  const { keys, since } = lookup;
  const refused = new Set<PublicJwk>();
  const find = (among: readonly PublicJwk[]) => findSigner(token, among, alg, (key) => refused.add(key));
  const key = (await find(keys)) ?? (await find(await issuer.keys.lookupAgain(query, keys, since)));
  for (const { kid: name } of refused) {
    issuer.report(
      `jwks: ${describeKeyId(name)}, as given or published, is left out: this platform cannot use it with ${alg}. Tokens that are signed with it are refused.`,
    );
  }
  if (key === undefined) {
    const doubt = kid === undefined ? await issuer.keys.findDoubt(query, since) : undefined;
    const isUnsuitable = kid !== undefined && keys.every((each) => refused.has(each));
    if (doubt !== undefined) return doubt;
    const rejected = withStatement(reject(isUnsuitable ? 'unsuitable_key' : 'invalid_signature'), jwt);
    return kid === undefined && keys.length === maxUnnamed ? { ...rejected, hint: tooManyKeys } : rejected;
  }
  // A policy must not be able to change what is judged after it
  const headerBytes = issuer.policy === undefined ? 0 : freezeJson(jwt.header);
  const claimBytes = freezeJson(jwt.claims);
  const rejected = checkClaims(jwt, issuer, rules);
  if (rejected !== undefined) return withStatement(rejected, jwt, true);
  const refusal = checkTokenPolicy(issuer, jwt.claims, jwt.header);
  if (refusal !== undefined) {
    return {
      ...withStatement(refusal, jwt, true),
      client: { issuer: issuer.authorizationServer, clientId: readClientId(issuer, jwt.claims) },
    };
  }
  const verdict: VerifiedVerdict = {
    kind: 'verified',
    token: toVerifiedToken(token, jwt, issuer, key, rules),
  };
  if (known !== undefined) {
    const header = issuer.policy === undefined ? undefined : jwt.header;
    rememberToken(known, verdict, key, header, claimBytes + headerBytes);
  }
  return verdict;
}

const tooManyKeys = `The token names no key (kid), and of the keys of its issuer only the first ${maxUnnamed} that fit were tried. Have the issuer write kid, or publish fewer keys.`;

/** For the owner: what the token says, and whether its issuer says so. */
function withStatement(
  rejected: RejectedToken,
  { header, claims }: ParsedJwt,
  isGenuine = false,
): RejectedToken {
  return { ...rejected, statement: toStatement(header, claims), isGenuine };
}

function rejectLookup(
  lookup: Exclude<KeyLookup, { kind: 'found' | 'unavailable' }>,
  { header }: ParsedJwt,
): RejectedToken {
  const code = lookup.kind === 'unknown' ? 'unknown_key' : 'unsuitable_key';
  return reject(code, undefined, { actual: header.kid });
}

function checkClaims(jwt: ParsedJwt, { policy }: KeyedIssuer, rules: JwtRules): RejectedToken | undefined {
  const { header, claims } = jwt;
  return (
    checkTokenKind(header, claims, policy, rules.header.types) ??
    checkTimes(claims, rules.time) ??
    checkClaimShapes(claims) ??
    checkRequiredClaims(claims, rules) ??
    checkSenderConstraint(claims, rules.confirmations)
  );
}

export function checkRequiredClaims(
  claims: Readonly<Record<string, unknown>>,
  rules: JwtRules,
): RejectedToken | undefined {
  const missing = rules.requiredClaims.find((claim) => !Object.hasOwn(claims, claim) || claims[claim] === '');
  if (missing !== undefined) return reject('missing_claim', missing);
  return rules.subject === undefined || claims.sub === rules.subject
    ? undefined
    : reject('invalid_claim', 'sub', { expected: rules.subject });
}

function toVerifiedToken(
  token: string,
  { claims }: ParsedJwt,
  issuer: KeyedIssuer,
  key: PublicJwk,
  { confirmations }: JwtRules,
): VerifiedToken {
  // The claim rules have refused all other shapes
  return {
    token,
    issuer: claims.iss as string,
    authorizationServer: issuer.authorizationServer,
    clientId: readClientId(issuer, claims),
    subject: claims.sub as string | undefined,
    audience: claims.aud as string | readonly string[] | undefined,
    scopes: readGrantedScopes(issuer, claims),
    expiresAt: claims.exp as number,
    verifiedBy: 'jwt',
    claims,
    confirmation: readConfirmation(claims, confirmations) as Confirmation | undefined,
    signer: signerOf(issuer.keys, key),
  };
}
