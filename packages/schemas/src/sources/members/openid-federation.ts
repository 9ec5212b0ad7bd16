import * as z from 'zod';
import { shaped, strings, text, url } from '../member.js';

/** Members an authorization server publishes as part of an OpenID Federation. */
export const openidFederationMembers = {
  client_registration_types_supported: strings({
    source: 'OpenID Federation section 5.1.3',
    level: 'conditional',
    condition: 'required for a provider inside a federation',
    description: 'Federation registration types (automatic, explicit).',
  }),
  federation_registration_endpoint: url({
    source: 'OpenID Federation section 5.1.3',
    level: 'conditional',
    condition: 'required when explicit registration is supported',
    constraints: ['https'],
    description: 'Explicit registration endpoint.',
  }),
  signed_jwks_uri: url({
    source: 'OpenID Federation section 5.2.1',
    level: 'optional',
    constraints: ['https'],
    description: 'Location of the key set wrapped in a signed JWT.',
  }),
  jwks: shaped(z.looseObject({}), {
    source: 'OpenID Federation section 5.2.1',
    level: 'optional',
    description: 'Key set by value.',
  }),
  organization_name: text({
    source: 'OpenID Federation section 5.2.2',
    level: 'optional',
    languageTags: true,
    description: 'Name of the organization behind the entity.',
  }),
  display_name: text({
    source: 'OpenID Federation section 5.2.2',
    level: 'optional',
    languageTags: true,
    description: 'Name to show to people.',
  }),
  description: text({
    source: 'OpenID Federation section 5.2.2',
    level: 'optional',
    languageTags: true,
    description: 'Short description of the entity.',
  }),
  keywords: strings({
    source: 'OpenID Federation section 5.2.2',
    level: 'optional',
    languageTags: true,
    description: 'Search terms.',
  }),
  contacts: strings({
    source: 'OpenID Federation section 5.2.2',
    level: 'optional',
    languageTags: true,
    description: 'People to contact, mostly e-mail addresses.',
  }),
  logo_uri: url({
    source: 'OpenID Federation section 5.2.2',
    level: 'optional',
    languageTags: true,
    description: 'Logo.',
  }),
  policy_uri: url({
    source: 'OpenID Federation section 5.2.2',
    level: 'optional',
    languageTags: true,
    registration: 'unconfirmed',
    confirmedBy: 'none',
    description: 'Policy page.',
  }),
  information_uri: url({
    source: 'OpenID Federation section 5.2.2',
    level: 'optional',
    languageTags: true,
    description: 'Information page.',
  }),
  organization_uri: url({
    source: 'OpenID Federation section 5.2.2',
    level: 'optional',
    languageTags: true,
    description: 'Home page of the organization.',
  }),
  request_authentication_methods_supported: shaped(z.looseObject({}), {
    source: 'OpenID Federation section 5.1.3',
    level: 'optional',
    registration: 'unconfirmed',
    confirmedBy: 'none',
    description: 'How automatic registration requests may be authenticated, per endpoint.',
  }),
  request_authentication_signing_alg_values_supported: strings({
    source: 'OpenID Federation section 5.1.3',
    level: 'optional',
    constraints: ['no none'],
    registration: 'unconfirmed',
    confirmedBy: 'none',
    description: 'Algorithms accepted on those requests.',
  }),
};
