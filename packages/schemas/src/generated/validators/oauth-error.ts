// Generated from src/sources by pnpm codegen. Do not edit.
import { missing, text } from '../../runtime/checks.js';
import type { Issue } from '../../runtime/issue.js';
import { accept } from '../../runtime/metadata-error.js';
import { validate, type Members, type Report } from '../../runtime/report.js';
import type { OAuthErrorBody } from '../types/oauth-error.js';

function checkOAuthErrorBody(o: Members, r: Report): void {
  let v: unknown;
  if ((v = o.error) === undefined) missing('error', r);
  else text(v, 'error', r);
  if ((v = o.error_description) !== undefined) text(v, 'error_description', r);
  if ((v = o.error_uri) !== undefined) text(v, 'error_uri', r);
}

/**
 * Tells why a value is not an OAuthErrorBody document; an empty array means that it is one.
 *
 * *Checks* the types of all registered members and the presence of the required ones, each member read once.
 * *Does not check* what the lint level does, nor members it does not know. Never throws.
 *
 * @see RFC 6749 section 5.2
 * @example
 * ```ts
 * import { validateOAuthErrorBody } from '@mcp-auth/schemas';
 *
 * for (const { path, message } of validateOAuthErrorBody({})) console.error(path.join('.'), message);
 * ```
 */
export const validateOAuthErrorBody = (input: unknown): readonly Issue[] =>
  validate(input, checkOAuthErrorBody);

/**
 * Hands a value back as the OAuthErrorBody it is: the same object, unknown members included.
 *
 * *Checks* what {@link validateOAuthErrorBody} checks.
 *
 * @throws MetadataError with code `invalid_metadata` and every issue found
 * @see RFC 6749 section 5.2
 * @example
 * ```ts
 * import { parseOAuthErrorBody } from '@mcp-auth/schemas';
 *
 * export const read = (json: string) => parseOAuthErrorBody(JSON.parse(json));
 * ```
 */
export const parseOAuthErrorBody = (input: unknown): OAuthErrorBody =>
  accept('oauth_error', input, validateOAuthErrorBody(input)) as OAuthErrorBody;
