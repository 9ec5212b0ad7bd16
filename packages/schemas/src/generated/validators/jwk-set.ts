// Generated from src/sources by pnpm codegen. Do not edit.
import { number, objects, text, strings } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { JwkSet } from '../types/jwk-set.js';

function checkJwk(o: Members, r: Report): void {
  text(o.kty, 'kty', r, true);
  text(o.use, 'use', r);
  strings(o.key_ops, 'key_ops', r);
  text(o.alg, 'alg', r);
  text(o.kid, 'kid', r);
  text(o.x5u, 'x5u', r);
  strings(o.x5c, 'x5c', r);
  text(o.x5t, 'x5t', r);
  text(o['x5t#S256'], 'x5t#S256', r);
  text(o.crv, 'crv', r);
  text(o.x, 'x', r);
  text(o.y, 'y', r);
  text(o.n, 'n', r);
  text(o.e, 'e', r);
  text(o.d, 'd', r);
  text(o.p, 'p', r);
  text(o.q, 'q', r);
  text(o.dp, 'dp', r);
  text(o.dq, 'dq', r);
  text(o.qi, 'qi', r);
  text(o.k, 'k', r);
  number(o.iat, 'iat', r);
  number(o.nbf, 'nbf', r);
  number(o.exp, 'exp', r);
}

function checkJwkSet(o: Members, r: Report): void {
  objects(o.keys, 'keys', r, true, checkJwk);
}

/**
 * Tells why a value is not a JwkSet document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 */
export const validateJwkSet = (input: unknown): readonly Issue[] => validate(input, checkJwkSet);

/**
 * Hands a value back as the JwkSet it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateJwkSet} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 */
export const parseJwkSet = (input: unknown): JwkSet =>
  accept('jwk_set', input, validateJwkSet(input)) as JwkSet;
