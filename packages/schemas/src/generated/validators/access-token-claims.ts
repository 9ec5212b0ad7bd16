// Generated from src/sources by pnpm codegen. Do not edit.
import { missing, number, object, objects, strings, text, textOrTexts } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { AccessTokenClaims } from '../types/access-token-claims.js';

function checkAuthorizationDetail(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.type) === undefined) missing('type', r);
  else text(v, 'type', r);
  if ((v = o.locations) !== undefined) strings(v, 'locations', r);
  if ((v = o.actions) !== undefined) strings(v, 'actions', r);
  if ((v = o.datatypes) !== undefined) strings(v, 'datatypes', r);
  if ((v = o.identifier) !== undefined) text(v, 'identifier', r);
  if ((v = o.privileges) !== undefined) strings(v, 'privileges', r);
}

function checkConfirmation(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.jkt) !== undefined) text(v, 'jkt', r);
  if ((v = o['x5t#S256']) !== undefined) text(v, 'x5t#S256', r);
  if ((v = o.kid) !== undefined) text(v, 'kid', r);
  if ((v = o.jwk) !== undefined) object(v, 'jwk', r);
}

function checkAccessTokenClaims(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.iss) === undefined) missing('iss', r);
  else text(v, 'iss', r);
  if ((v = o.exp) === undefined) missing('exp', r);
  else number(v, 'exp', r);
  if ((v = o.aud) === undefined) missing('aud', r);
  else textOrTexts(v, 'aud', r);
  if ((v = o.sub) === undefined) missing('sub', r);
  else text(v, 'sub', r);
  if ((v = o.client_id) === undefined) missing('client_id', r);
  else text(v, 'client_id', r);
  if ((v = o.iat) === undefined) missing('iat', r);
  else number(v, 'iat', r);
  if ((v = o.jti) === undefined) missing('jti', r);
  else text(v, 'jti', r);
  if ((v = o.nbf) !== undefined) number(v, 'nbf', r);
  if ((v = o.auth_time) !== undefined) number(v, 'auth_time', r);
  if ((v = o.acr) !== undefined) text(v, 'acr', r);
  if ((v = o.amr) !== undefined) strings(v, 'amr', r);
  if ((v = o.scope) !== undefined) text(v, 'scope', r);
  if ((v = o.authorization_details) !== undefined)
    objects(v, 'authorization_details', r, checkAuthorizationDetail);
  if ((v = o.cnf) !== undefined) object(v, 'cnf', r, checkConfirmation);
  if ((v = o.act) !== undefined) object(v, 'act', r);
}

/**
 * Tells why a value is not an AccessTokenClaims document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 *
 * @see RFC 9068 section 2.2
 * @example
 * ```ts
 * import { validateAccessTokenClaims } from '@mcp-auth/schemas';
 *
 * for (const { path, message } of validateAccessTokenClaims({})) console.error(path.join('.'), message);
 * ```
 */
export const validateAccessTokenClaims = (input: unknown): readonly Issue[] =>
  validate(input, checkAccessTokenClaims);

/**
 * Hands a value back as the AccessTokenClaims it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateAccessTokenClaims} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 * @see RFC 9068 section 2.2
 * @example
 * ```ts
 * import { parseAccessTokenClaims } from '@mcp-auth/schemas';
 *
 * export const read = (json: string) => parseAccessTokenClaims(JSON.parse(json));
 * ```
 */
export const parseAccessTokenClaims = (input: unknown): AccessTokenClaims =>
  accept('access_token_claims', input, validateAccessTokenClaims(input)) as AccessTokenClaims;
