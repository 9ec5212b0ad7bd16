import * as z from 'zod';
import { MAX_ELEMENTS } from '../runtime/limits.js';
import { authorizationDetail, confirmation, oneOrMany } from './access-token-claims.js';
import { flag, numeric, shaped, strings, text, type MemberInfo } from './member.js';
import { shapeOf } from './shape.js';

const member = (description: string, source = 'RFC 7662 section 2.2') =>
  ({ source, level: 'optional', description }) satisfies MemberInfo;

/**
 * What an introspection endpoint says of a token.
 *
 * @see RFC 7662 section 2.2
 */
export const introspectionResponseSchema = shapeOf(
  'IntrospectionResponse',
  'Answer of an introspection endpoint (RFC 7662).',
  {
    active: flag({
      source: 'RFC 7662 section 2.2',
      level: 'required',
      description:
        'Whether the token is active. Nothing else in the answer means anything unless it is true.',
    }),
    scope: text(member('Granted scopes, separated by spaces.')),
    client_id: text(member('The client the token was issued to.')),
    username: text(member('Name of the resource owner for people.')),
    token_type: text(member('Type of the token.')),
    exp: numeric(member('When the token expires, in seconds since the epoch.')),
    iat: numeric(member('When the token was issued, in seconds since the epoch.')),
    nbf: numeric(member('When the token becomes valid, in seconds since the epoch.')),
    sub: text(member('Whom the token is about.')),
    aud: shaped(oneOrMany, member('Whom the token is for.')),
    iss: text(member('Who issued the token.')),
    jti: text(member('Name of the token.')),
    auth_time: numeric(
      member('When the user logged in, in seconds since the epoch.', 'RFC 9470 section 6.2'),
    ),
    acr: text(member('How the user logged in, as a class.', 'RFC 9470 section 6.2')),
    amr: strings(member('How the user logged in, as methods.', 'RFC 8176 section 1')),
    cnf: shaped(confirmation, member('The key the token is bound to.', 'RFC 8705 section 3.2')),
    act: shaped(z.looseObject({}), member('Who acts on behalf of the subject.', 'RFC 8693 section 4.1')),
    authorization_details: shaped(
      z.array(authorizationDetail).max(MAX_ELEMENTS),
      member('Granted authorization in detail.', 'RFC 9396 section 9.2'),
    ),
  },
);
