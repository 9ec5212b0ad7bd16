// Generated from src/sources by pnpm codegen. Do not edit.
import { flag, number, object, objects, text, textOrTexts, strings } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { IntrospectionResponse } from '../types/introspection-response.js';

function checkConfirmation(o: Members, r: Report): void {
  text(o.jkt, 'jkt', r);
  text(o['x5t#S256'], 'x5t#S256', r);
  text(o.kid, 'kid', r);
  object(o.jwk, 'jwk', r);
}

function checkAuthorizationDetail(o: Members, r: Report): void {
  text(o.type, 'type', r, true);
  strings(o.locations, 'locations', r);
  strings(o.actions, 'actions', r);
  strings(o.datatypes, 'datatypes', r);
  text(o.identifier, 'identifier', r);
  strings(o.privileges, 'privileges', r);
}

function checkIntrospectionResponse(o: Members, r: Report): void {
  flag(o.active, 'active', r, true);
  text(o.scope, 'scope', r);
  text(o.client_id, 'client_id', r);
  text(o.username, 'username', r);
  text(o.token_type, 'token_type', r);
  number(o.exp, 'exp', r);
  number(o.iat, 'iat', r);
  number(o.nbf, 'nbf', r);
  text(o.sub, 'sub', r);
  textOrTexts(o.aud, 'aud', r);
  text(o.iss, 'iss', r);
  text(o.jti, 'jti', r);
  number(o.auth_time, 'auth_time', r);
  text(o.acr, 'acr', r);
  strings(o.amr, 'amr', r);
  object(o.cnf, 'cnf', r, false, checkConfirmation);
  object(o.act, 'act', r);
  objects(o.authorization_details, 'authorization_details', r, false, checkAuthorizationDetail);
}

/**
 * Tells why a value is not an IntrospectionResponse document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 */
export const validateIntrospectionResponse = (input: unknown): readonly Issue[] =>
  validate(input, checkIntrospectionResponse);

/**
 * Hands a value back as the IntrospectionResponse it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateIntrospectionResponse} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 */
export const parseIntrospectionResponse = (input: unknown): IntrospectionResponse =>
  accept('introspection_response', input, validateIntrospectionResponse(input)) as IntrospectionResponse;
