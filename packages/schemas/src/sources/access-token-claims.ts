import * as z from 'zod';
import { MAX_ELEMENTS } from '../runtime/limits.js';
import { anything, numeric, shaped, strings, text, type MemberInfo } from './member.js';
import { shapeOf } from './shape.js';

const claim = (description: string, source: string) =>
  ({ source, level: 'optional', description }) satisfies MemberInfo;
const required = (description: string, section: string) =>
  ({ source: `RFC 9068 section ${section}`, level: 'required', description }) satisfies MemberInfo;

/** A single string or an array of strings, as JWT audiences are written. */
export const oneOrMany = z.union([z.string(), z.array(z.string()).max(MAX_ELEMENTS)]);

export const confirmation = shapeOf('Confirmation', 'The key a token is bound to (RFC 7800).', {
  jkt: text(claim('Thumbprint of the DPoP key.', 'RFC 9449 section 6.1')),
  'x5t#S256': text(claim('SHA-256 thumbprint of the client certificate.', 'RFC 8705 section 3.1')),
  kid: text(claim('Name of the key.', 'RFC 7800 section 3.4')),
  jwk: shaped(z.looseObject({}), claim('The key itself.', 'RFC 7800 section 3.2')),
});

export const authorizationDetail = shapeOf(
  'AuthorizationDetail',
  'One entry of authorization_details (RFC 9396).',
  {
    type: text({
      source: 'RFC 9396 section 2',
      level: 'required',
      description: 'What kind of authorization it is.',
    }),
    locations: strings(claim('Where it applies.', 'RFC 9396 section 2.2')),
    actions: strings(claim('What may be done.', 'RFC 9396 section 2.2')),
    datatypes: strings(claim('Which kinds of data.', 'RFC 9396 section 2.2')),
    identifier: text(claim('Which resource.', 'RFC 9396 section 2.2')),
    privileges: strings(claim('With which privileges.', 'RFC 9396 section 2.2')),
  },
);

/**
 * The claims of a JWT access token.
 *
 * @see RFC 9068 section 2.2
 */
export const accessTokenClaimsSchema = shapeOf(
  'AccessTokenClaims',
  'Claims of a JWT access token (RFC 9068).',
  {
    iss: text(required('Who issued the token.', '2.2')),
    exp: numeric(required('When the token expires, in seconds since the epoch.', '2.2')),
    aud: shaped(oneOrMany, required('Whom the token is for.', '2.2')),
    sub: text(required('Whom the token is about.', '2.2')),
    client_id: text(required('The client the token was issued to.', '2.2')),
    iat: numeric(required('When the token was issued, in seconds since the epoch.', '2.2')),
    jti: text(required('Name of the token, unique per issuer.', '2.2')),
    nbf: numeric(
      claim('When the token becomes valid, in seconds since the epoch.', 'RFC 7519 section 4.1.5'),
    ),
    auth_time: numeric(
      claim('When the user logged in, in seconds since the epoch.', 'RFC 9068 section 2.2.1'),
    ),
    acr: text(claim('How the user logged in, as a class.', 'RFC 9068 section 2.2.1')),
    amr: strings(claim('How the user logged in, as methods.', 'RFC 9068 section 2.2.1')),
    scope: text(claim('Granted scopes, separated by spaces.', 'RFC 9068 section 2.2.3')),
    authorization_details: shaped(
      z.array(authorizationDetail).max(MAX_ELEMENTS),
      claim('Granted authorization in detail.', 'RFC 9396 section 9.1'),
    ),
    groups: anything(claim('Groups of the subject; their form is not fixed.', 'RFC 9068 section 2.2.3.1')),
    roles: anything(claim('Roles of the subject; their form is not fixed.', 'RFC 9068 section 2.2.3.1')),
    entitlements: anything(
      claim('Entitlements of the subject; their form is not fixed.', 'RFC 9068 section 2.2.3.1'),
    ),
    cnf: shaped(confirmation, claim('The key the token is bound to.', 'RFC 7800 section 3.1')),
    act: shaped(z.looseObject({}), claim('Who acts on behalf of the subject.', 'RFC 8693 section 4.1')),
  },
);
