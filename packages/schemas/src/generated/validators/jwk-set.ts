// Generated from src/sources by pnpm codegen. Do not edit.
import { missing, number, objects, strings, text } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { JwkSet } from '../types/jwk-set.js';

function checkJwk(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.kty) === undefined) missing('kty', r);
  else text(v, 'kty', r);
  if ((v = o.use) !== undefined) text(v, 'use', r);
  if ((v = o.key_ops) !== undefined) strings(v, 'key_ops', r);
  if ((v = o.alg) !== undefined) text(v, 'alg', r);
  if ((v = o.kid) !== undefined) text(v, 'kid', r);
  if ((v = o.x5u) !== undefined) text(v, 'x5u', r);
  if ((v = o.x5c) !== undefined) strings(v, 'x5c', r);
  if ((v = o.x5t) !== undefined) text(v, 'x5t', r);
  if ((v = o['x5t#S256']) !== undefined) text(v, 'x5t#S256', r);
  if ((v = o.crv) !== undefined) text(v, 'crv', r);
  if ((v = o.x) !== undefined) text(v, 'x', r);
  if ((v = o.y) !== undefined) text(v, 'y', r);
  if ((v = o.n) !== undefined) text(v, 'n', r);
  if ((v = o.e) !== undefined) text(v, 'e', r);
  if ((v = o.d) !== undefined) text(v, 'd', r);
  if ((v = o.p) !== undefined) text(v, 'p', r);
  if ((v = o.q) !== undefined) text(v, 'q', r);
  if ((v = o.dp) !== undefined) text(v, 'dp', r);
  if ((v = o.dq) !== undefined) text(v, 'dq', r);
  if ((v = o.qi) !== undefined) text(v, 'qi', r);
  if ((v = o.k) !== undefined) text(v, 'k', r);
  if ((v = o.iat) !== undefined) number(v, 'iat', r);
  if ((v = o.nbf) !== undefined) number(v, 'nbf', r);
  if ((v = o.exp) !== undefined) number(v, 'exp', r);
}

function checkJwkSet(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.keys) === undefined) missing('keys', r);
  else objects(v, 'keys', r, checkJwk);
}

/**
 * Tells why a value is not a JwkSet document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 *
 * @see RFC 7517 section 5.1
 * @example
 * ```ts
 * import { validateJwkSet } from '@mcp-auth/schemas';
 *
 * for (const { path, message } of validateJwkSet({})) console.error(path.join('.'), message);
 * ```
 */
export const validateJwkSet = (input: unknown): readonly Issue[] => validate(input, checkJwkSet);

/**
 * Hands a value back as the JwkSet it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateJwkSet} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 * @see RFC 7517 section 5.1
 * @example
 * ```ts
 * import { parseJwkSet } from '@mcp-auth/schemas';
 *
 * export const read = (json: string) => parseJwkSet(JSON.parse(json));
 * ```
 */
export const parseJwkSet = (input: unknown): JwkSet =>
  accept('jwk_set', input, validateJwkSet(input)) as JwkSet;
