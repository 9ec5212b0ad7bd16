/** Members that two or more documents share: why each has an entry per document, and how the entries differ. */
export const sharedMembers: Readonly<Record<string, string>> = {
  issuer: 'Both server documents require it; the identity rule of each names its own discovery URL.',
  authorization_endpoint: 'Conditional on the grants in RFC 8414, always required by Discovery.',
  token_endpoint: 'Conditional in both; Discovery asks for https and allows port, path and query.',
  jwks_uri:
    'Keys of the server in RFC 8414 (optional) and Discovery (required); keys of the resource itself in RFC 9728.',
  registration_endpoint: 'Optional in RFC 8414, recommended and https in Discovery.',
  scopes_supported:
    'What the server offers in the server documents (Discovery wants openid in it), what the resource needs in RFC 9728.',
  response_types_supported: 'Required by both; RFC 8414 adds the rule on the registered spelling.',
  response_modes_supported: 'Same meaning and default in both.',
  grant_types_supported: 'Same meaning and default in both.',
  token_endpoint_auth_methods_supported: 'Same default in both; RFC 8414 names the registry of values.',
  token_endpoint_auth_signing_alg_values_supported:
    'RFC 8414 demands it beside JWT client authentication, Discovery does not tie the two.',
  service_documentation: 'Same meaning in both.',
  ui_locales_supported: 'Same meaning in both; only RFC 8414 says BCP 47 as a rule.',
  op_policy_uri: 'Same meaning in both.',
  op_tos_uri: 'Same meaning in both.',
  signed_metadata: 'RFC 8414 must not nest it, RFC 9728 should not; RFC 9728 makes a bad signature an error.',
  tls_client_certificate_bound_access_tokens:
    'The server can issue such tokens; the resource understands them.',
  authorization_details_types_supported: 'Types the server can grant; types the resource understands.',
  dpop_signing_alg_values_supported:
    'Algorithms of proofs sent to the server; of proofs sent to the resource.',
};

const jarm = 'JARM was not compared; a widely used library that follows the registry has it.';
const assurance = 'Identity assurance members are not in the registry; the specification was not compared.';
const attestation = 'Draft member; the text of the draft was not compared.';
const federation = 'Named by OpenID Federation; the registry copy at hand does not show it.';

/** Members that nothing but knowledge of the source, or a library, confirms: why they are in nevertheless. */
export const unconfirmedMembers: Readonly<Record<string, string>> = {
  authorization_signing_alg_values_supported: jarm,
  authorization_encryption_alg_values_supported: jarm,
  authorization_encryption_enc_values_supported: jarm,
  'pre-authorized_grant_anonymous_access_supported':
    'OpenID4VCI was not compared. The hyphen counts as a separator: preAuthorizedGrantAnonymousAccessSupported.',
  policy_uri: federation,
  request_authentication_methods_supported: federation,
  request_authentication_signing_alg_values_supported: federation,
  authorization_challenge_endpoint: 'Draft on first-party applications; its text was not compared.',
  client_attestation_signing_alg_values_supported: attestation,
  client_attestation_pop_signing_alg_values_supported: attestation,
  challenge_endpoint: attestation,
  global_token_revocation_endpoint: 'Draft on global token revocation; its text was not compared.',
  native_sso_supported: 'Not registered; the Native SSO specification was not compared.',
  frontchannel_logout_session_supported: 'A widely used library that follows the registry has it.',
  prompt_values_supported: 'Comes from the user registration specification, which was not compared.',
  verified_claims_supported: assurance,
  trust_frameworks_supported: assurance,
  claims_in_verified_claims_supported: assurance,
  evidence_supported: assurance,
  documents_supported: assurance,
  documents_methods_supported: assurance,
  documents_check_methods_supported: assurance,
  electronic_records_supported: assurance,
  attachments_supported: assurance,
  digest_algorithms_supported: assurance,
};
