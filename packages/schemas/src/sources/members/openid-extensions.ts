import { flag, strings, url } from '../member.js';

/** Authorization server members of OpenID specifications other than Discovery and Federation. */
export const openidExtensionsMembers = {
  backchannel_token_delivery_modes_supported: strings({
    source: 'CIBA Core section 4',
    level: 'conditional',
    condition: 'required when CIBA is supported',
    constraints: ['only poll, ping, push', 'not empty'],
    description: 'Ways tokens are delivered after decoupled authentication.',
  }),
  backchannel_authentication_endpoint: url({
    source: 'CIBA Core section 4',
    level: 'conditional',
    condition: 'required when CIBA is supported',
    constraints: ['https'],
    description: 'Where a decoupled authentication request is started.',
  }),
  backchannel_authentication_request_signing_alg_values_supported: strings({
    source: 'CIBA Core section 4',
    level: 'optional',
    constraints: ['asymmetric only', 'not empty'],
    description:
      'Algorithms accepted on signed backchannel requests; absent means signed requests are not supported.',
  }),
  backchannel_user_code_parameter_supported: flag({
    source: 'CIBA Core section 4',
    level: 'optional',
    default: false,
    description: 'Whether user_code may be sent.',
  }),
  'pre-authorized_grant_anonymous_access_supported': flag({
    source: 'OpenID4VCI section 12.3',
    level: 'optional',
    default: false,
    registration: 'unconfirmed',
    confirmedBy: 'none',
    description: 'Whether the pre-authorized code grant works without a client_id.',
    note: 'The name holds hyphens; do not turn names into identifiers blindly when generating code.',
  }),
  native_sso_supported: flag({
    source: 'OpenID Connect Native SSO',
    level: 'optional',
    default: false,
    registration: 'not-registered',
    confirmedBy: 'none',
    description: 'Whether native SSO between apps of one vendor is supported.',
  }),
};
