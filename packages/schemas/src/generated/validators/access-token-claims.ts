// Generated from src/sources by pnpm codegen. Do not edit.
import { number, object, objects, text, textOrTexts, strings } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { AccessTokenClaims } from '../types/access-token-claims.js';

function checkAuthorizationDetail(o: Members, r: Report): void {
  text(o.type, 'type', r, true);
  strings(o.locations, 'locations', r);
  strings(o.actions, 'actions', r);
  strings(o.datatypes, 'datatypes', r);
  text(o.identifier, 'identifier', r);
  strings(o.privileges, 'privileges', r);
}

function checkConfirmation(o: Members, r: Report): void {
  text(o.jkt, 'jkt', r);
  text(o['x5t#S256'], 'x5t#S256', r);
  text(o.kid, 'kid', r);
  object(o.jwk, 'jwk', r);
}

function checkAccessTokenClaims(o: Members, r: Report): void {
  text(o.iss, 'iss', r, true);
  number(o.exp, 'exp', r, true);
  textOrTexts(o.aud, 'aud', r, true);
  text(o.sub, 'sub', r, true);
  text(o.client_id, 'client_id', r, true);
  number(o.iat, 'iat', r, true);
  text(o.jti, 'jti', r, true);
  number(o.nbf, 'nbf', r);
  number(o.auth_time, 'auth_time', r);
  text(o.acr, 'acr', r);
  strings(o.amr, 'amr', r);
  text(o.scope, 'scope', r);
  objects(o.authorization_details, 'authorization_details', r, false, checkAuthorizationDetail);
  object(o.cnf, 'cnf', r, false, checkConfirmation);
  object(o.act, 'act', r);
}

/**
 * Tells why a value is not an AccessTokenClaims document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 */
export const validateAccessTokenClaims = (input: unknown): readonly Issue[] =>
  validate(input, checkAccessTokenClaims);

/**
 * Hands a value back as the AccessTokenClaims it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateAccessTokenClaims} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 */
export const parseAccessTokenClaims = (input: unknown): AccessTokenClaims =>
  accept('access_token_claims', input, validateAccessTokenClaims(input)) as AccessTokenClaims;
