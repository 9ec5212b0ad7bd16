import { shapeOf } from './shape.js';
import { url } from './member.js';

const alias = (what: string) =>
  url({
    source: 'RFC 8705 section 5',
    level: 'optional',
    description: `${what} for clients that authenticate with mutual TLS.`,
  });

/** Every endpoint member of a server document can have an alias. */
export const endpointAliases = shapeOf('EndpointAliases', 'Alternative endpoint URLs for mutual TLS.', {
  authorization_endpoint: alias('Authorization endpoint'),
  token_endpoint: alias('Token endpoint'),
  registration_endpoint: alias('Client registration endpoint'),
  revocation_endpoint: alias('Revocation endpoint'),
  introspection_endpoint: alias('Introspection endpoint'),
  device_authorization_endpoint: alias('Device authorization endpoint'),
  pushed_authorization_request_endpoint: alias('Pushed authorization request endpoint'),
  backchannel_authentication_endpoint: alias('Backchannel authentication endpoint'),
  federation_registration_endpoint: alias('Federation registration endpoint'),
  authorization_challenge_endpoint: alias('Authorization challenge endpoint'),
  challenge_endpoint: alias('Challenge endpoint'),
  global_token_revocation_endpoint: alias('Global token revocation endpoint'),
  status_list_aggregation_endpoint: alias('Status list aggregation endpoint'),
  userinfo_endpoint: alias('UserInfo endpoint'),
  end_session_endpoint: alias('End session endpoint'),
});
