import type { KeySource } from '../keys/key-source.js';
import { findSigner } from '../signatures/find-signer.js';
import { isSupportedAlgorithm, normalizeType } from '../token/algorithms.js';
import { aheadToleranceSeconds } from '../token/time-tolerance.js';
import { parseJwt, type ParsedJwt } from '../verifier/jwt-syntax.js';
import {
  type AskedToken,
  type IntrospectionAnswer,
  invalidResponse,
  readIntrospectionResponse,
} from './introspection-response.js';

export const signedResponseType = 'application/token-introspection+jwt';

/** What a signed answer must prove. */
export interface SignedResponseRules {
  /** Issuer identifier of the authorization server. */
  readonly issuer: string;
  /** `aud` that stands for this resource server. */
  readonly audience: string;
  readonly keys: KeySource;
}

/** An answer older than this was not given to the question that was just asked. */
const maxAgeSeconds = 300;

/**
 * Reads a signed introspection response (RFC 9701 §5).
 *
 * Checks: `typ` of such a response, an asymmetric signature by a key of the issuer, `iss`, `aud`, and that `iat` is of now.
 * The verdict is what `token_introspection` holds, and nothing else.
 *
 * @throws {MCPAuthAuthServerError} `invalid_introspection_response`, or why the keys are out of reach
 */
export async function readSignedResponse(
  text: string,
  rules: SignedResponseRules,
  asked: AskedToken,
): Promise<IntrospectionAnswer> {
  const jwt = parseJwt(text);
  if (jwt.kind === 'unreadable') throw invalidResponse(asked.url, 'did not answer with a signed JWT');
  const problem = findProblem(jwt, rules, asked.now);
  if (problem !== undefined) throw invalidResponse(asked.url, `answered with a JWT ${problem} (RFC 9701 §5)`);
  await verifySignature(text, jwt, rules.keys, asked.url);
  return readIntrospectionResponse(jwt.claims.token_introspection, asked);
}

function findProblem(
  { header, claims }: ParsedJwt,
  { issuer, audience }: SignedResponseRules,
  now: number,
): string | undefined {
  const { iss, aud, iat, exp } = claims;
  if (typeof header.typ !== 'string' || normalizeType(header.typ) !== 'token-introspection+jwt') {
    return 'whose typ is not token-introspection+jwt';
  }
  if (!isSupportedAlgorithm(header.alg)) return 'signed with an algorithm that is not asymmetric';
  if (Object.hasOwn(header, 'crit')) return 'that demands a header extension';
  if (iss !== issuer) return `whose iss is not ${JSON.stringify(issuer)}`;
  if (aud !== audience && !(Array.isArray(aud) && aud.includes(audience))) {
    return `whose aud is not ${JSON.stringify(audience)}`;
  }
  if (typeof iat !== 'number') return 'without iat';
  // Written so that a clock that is not a number refuses everything
  if (!(iat <= now + aheadToleranceSeconds && iat >= now - maxAgeSeconds)) return 'whose iat is not of now';
  if (exp !== undefined && !(typeof exp === 'number' && exp > now - aheadToleranceSeconds))
    return 'that expired';
  return undefined;
}

async function verifySignature(text: string, jwt: ParsedJwt, keys: KeySource, url: string): Promise<void> {
  // The header rules have refused all other shapes
  const alg = jwt.header.alg as string;
  const query = { alg, kid: typeof jwt.header.kid === 'string' ? jwt.header.kid : undefined };
  const lookup = await keys.lookup(query);
  if (lookup.kind === 'unavailable') throw lookup.error;
  if (lookup.kind === 'found') {
    const signer =
      (await findSigner(text, lookup.keys, alg)) ??
      (await findSigner(text, await keys.lookupAgain(query, lookup.keys), alg));
    if (signer !== undefined) return;
  }
  throw invalidResponse(url, 'answered with a JWT that no key of the issuer has signed (RFC 9701 §5)');
}
