/**
 * The same contract, written by hand as directly as one would: every registered member by its kind, all issues with
 * their paths. `isValid` is the shortcut that only says yes or no.
 */
export function createHandWritten({ urls, arrays, flags, texts, required }) {
  // eslint-disable-next-line no-control-regex -- control characters are what the contract excludes
  const visible = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\x00-\x20\x7f"<>\\]+$/;
  const isUrl = (value) => typeof value === 'string' && visible.test(value) && URL.canParse(value);

  function validate(document) {
    const issues = [];
    for (const name of required)
      if (document[name] === undefined) issues.push({ code: 'required', path: [name] });
    for (const name of urls) {
      const value = document[name];
      if (value !== undefined && !isUrl(value)) {
        issues.push({ code: typeof value === 'string' ? 'format' : 'type', path: [name] });
      }
    }
    for (const name of arrays) {
      const value = document[name];
      if (value === undefined) continue;
      if (!Array.isArray(value)) issues.push({ code: 'type', path: [name] });
      else {
        for (let index = 0; index < value.length; index++) {
          if (typeof value[index] !== 'string') issues.push({ code: 'type', path: [name, index] });
        }
      }
    }
    for (const name of flags) {
      const value = document[name];
      if (value !== undefined && typeof value !== 'boolean') issues.push({ code: 'type', path: [name] });
    }
    for (const name of texts) {
      const value = document[name];
      if (value !== undefined && typeof value !== 'string') issues.push({ code: 'type', path: [name] });
    }
    return issues;
  }

  /** Only the members of RFC 8414 itself that the document has, member by member, first fault decides. */
  function isValid(o) {
    const strings = (value) =>
      value === undefined || (Array.isArray(value) && value.every((element) => typeof element === 'string'));
    const url = (value) => value === undefined || (typeof value === 'string' && URL.canParse(value));
    return (
      typeof o.issuer === 'string' &&
      URL.canParse(o.issuer) &&
      url(o.authorization_endpoint) &&
      url(o.token_endpoint) &&
      url(o.jwks_uri) &&
      url(o.registration_endpoint) &&
      strings(o.scopes_supported) &&
      o.response_types_supported !== undefined &&
      strings(o.response_types_supported) &&
      strings(o.response_modes_supported) &&
      strings(o.grant_types_supported) &&
      strings(o.token_endpoint_auth_methods_supported) &&
      strings(o.token_endpoint_auth_signing_alg_values_supported) &&
      url(o.service_documentation) &&
      strings(o.ui_locales_supported) &&
      url(o.op_policy_uri) &&
      url(o.op_tos_uri) &&
      url(o.revocation_endpoint) &&
      strings(o.revocation_endpoint_auth_methods_supported) &&
      strings(o.revocation_endpoint_auth_signing_alg_values_supported) &&
      url(o.introspection_endpoint) &&
      strings(o.introspection_endpoint_auth_methods_supported) &&
      strings(o.introspection_endpoint_auth_signing_alg_values_supported) &&
      strings(o.code_challenge_methods_supported)
    );
  }
  return { validate, isValid };
}
