import type { Problem } from './problem.js';

const stop = { severity: 'MUST' } as const;

/** What can be wrong on the way to a token. */
export const loginProblems = {
  'login-page': {
    ...stop,
    step: 'login',
    title: 'The authorization server shows an error instead of a login.',
    clause: 'RFC 6749 §4.1.2.1',
    fix: 'Check that the client and its callback are known there. With a client id metadata document, that the server can fetch it.',
  },
  'login-unfinished': {
    ...stop,
    step: 'login',
    title: 'The login was not finished.',
    clause: 'RFC 6749 §4.1',
    fix: 'Look at the page in the browser. An error there never reaches a client.',
  },
  'login-denied': {
    ...stop,
    step: 'login',
    title: 'The login was denied.',
    clause: 'RFC 6749 §4.1.2.1',
    fix: 'Allow it, or give the user access at the authorization server.',
  },
  'login-target': {
    ...stop,
    step: 'login',
    title: 'The authorization server does not know this resource.',
    clause: 'RFC 8707 §2',
    fix: 'Make the resource known there, with the URL that clients send. In Keycloak with the feature resource-indicators: as resource_url of a client.',
  },
  'login-scope': {
    ...stop,
    step: 'login',
    title: 'The authorization server does not know the scopes, or not for this client.',
    clause: 'RFC 6749 §4.1.2.1',
    fix: 'Let your server name scopes as the authorization server knows them, and allow them to the client there.',
  },
  'login-error': {
    ...stop,
    step: 'login',
    title: 'The authorization server ends the login with an error.',
    clause: 'RFC 6749 §4.1.2.1',
    fix: 'Look up the error in the log of the authorization server.',
  },
  'state-mismatch': {
    ...stop,
    step: 'login',
    stops: 'strict',
    title: 'The answer to the login does not belong to this login.',
    clause: 'RFC 6749 §10.12',
    fix: 'The authorization server must return state as it was sent.',
  },
  'response-issuer': {
    ...stop,
    step: 'login',
    stops: 'strict',
    title: 'The answer to the login does not say that it comes from this authorization server.',
    clause: 'RFC 9207 §2.4',
    fix: 'Send iss with exactly the issuer of the metadata, or do not announce authorization_response_iss_parameter_supported.',
  },
  'token-refused': {
    ...stop,
    step: 'token',
    title: 'The authorization server gives no token.',
    clause: 'RFC 6749 §5.2',
    fix: 'Look up the error in the log of the authorization server.',
  },
  'token-client': {
    ...stop,
    step: 'token',
    title: 'The authorization server does not accept how the client shows who it is.',
    clause: 'RFC 6749 §5.2',
    fix: 'Check client id and secret, and that the client is public where it has none.',
  },
  'token-target': {
    ...stop,
    step: 'token',
    title: 'The authorization server gives no token for this resource.',
    clause: 'RFC 8707 §2',
    fix: 'Make the resource known there, with the URL that clients send.',
  },
  'token-answer': {
    ...stop,
    step: 'token',
    title: 'The answer of the token endpoint is of no use to a client.',
    clause: 'RFC 6749 §5.1',
    fix: 'Answer 200 with JSON, access_token and token_type.',
  },
  'token-unreachable': {
    ...stop,
    step: 'token',
    title: 'The token endpoint does not work.',
    clause: 'RFC 6749 §3.2',
    fix: 'Correct token_endpoint in the metadata.',
  },
  'no-refresh-token': {
    step: 'token',
    severity: 'note',
    title: 'There is no refresh token: users log in again when the token expires.',
    clause: 'RFC 6749 §1.5',
    fix: 'Issue one to clients that registered the grant, some providers only with the scope offline_access.',
  },
} as const satisfies Record<string, Problem>;
