import { isAbsoluteUrl } from '../runtime/absolute-url.js';
import { isObject } from '../runtime/report.js';
import type { Inspection } from './inspection.js';
import type { Subject } from './requirement.js';
import { lintScheme } from './url-rules.js';

const throughAuthorizationEndpoint = ['authorization_code', 'implicit'];
const jwtMethods = ['private_key_jwt', 'client_secret_jwt'];

/** Rules across the members of authorization server and OpenID Provider documents. */
export function lintServer(look: Inspection, subject: Subject): void {
  lintGrants(look, subject);
  lintClientAuthentication(look, subject);
  lintDefaults(look);
  lintDependents(look);
  lintIdTokenAlgorithms(look);
  lintAliases(look, subject);
}

const addMissing = (look: Inspection, name: string, rule: string, why: string) => {
  look.add('member-missing', 'error', name, rule, `The member is absent although ${why}.`, 'Publish it.');
};

function lintGrants(look: Inspection, { kind }: Subject): void {
  const grants = look.strings('grant_types_supported') ?? throughAuthorizationEndpoint;
  const rule = kind === 'openid_provider' ? 'OIDCD-3-01' : 'RFC8414-2-02';
  const needsFrontChannel = grants.some((grant) => throughAuthorizationEndpoint.includes(grant));
  // Required to parse an OpenID Provider document, so a missing one was reported there.
  if (kind !== 'openid_provider' && needsFrontChannel && !look.has('authorization_endpoint')) {
    addMissing(look, 'authorization_endpoint', rule, 'a supported grant type goes through it');
  }
  if (!grants.every((grant) => grant === 'implicit') && !look.has('token_endpoint')) {
    addMissing(look, 'token_endpoint', rule, 'a grant type other than implicit is supported');
  }
}

function lintClientAuthentication(look: Inspection, { kind }: Subject): void {
  for (const endpoint of ['token', 'revocation', 'introspection']) {
    const methods = look.strings(`${endpoint}_endpoint_auth_methods_supported`);
    const algorithms = `${endpoint}_endpoint_auth_signing_alg_values_supported`;
    if (!methods?.some((method) => jwtMethods.includes(method)) || look.has(algorithms)) continue;
    look.add(
      'member-missing',
      // OpenID Connect Discovery does not tie the member of the token endpoint to the methods.
      kind === 'openid_provider' && endpoint === 'token' ? 'warning' : 'error',
      algorithms,
      'RFC8414-2-04',
      'JWT client authentication is offered without saying which algorithms are accepted.',
      'List the accepted signature algorithms, RS256 among them.',
    );
  }
}

/** Defaults that surprise: those that widen or narrow what a reader of the document would guess. */
function lintDefaults(look: Inspection): void {
  const add = (name: string, message: string, fix: string) => {
    look.add('default-applies', 'info', name, 'RFC8414-2-03', message, fix);
  };
  if (!look.has('grant_types_supported')) {
    add(
      'grant_types_supported',
      'Absence means authorization_code and implicit.',
      'List the grant types that are really supported.',
    );
  }
  for (const endpoint of ['token', 'revocation']) {
    const name = `${endpoint}_endpoint_auth_methods_supported`;
    if (look.has(name) || !look.has(`${endpoint}_endpoint`)) continue;
    add(name, 'Absence means client_secret_basic only.', 'List the methods, with none for public clients.');
  }
}

/** Members that need another one: [member, test on it, the needed member, section]. */
function lintDependents(look: Inspection): void {
  const holds = (name: string, value: string) => look.strings(name)?.includes(value) ?? false;
  const needs = (applies: boolean, name: string, rule: string, why: string) => {
    if (applies && !look.has(name)) addMissing(look, name, rule, why);
  };
  needs(
    look.isTrue('require_pushed_authorization_requests'),
    'pushed_authorization_request_endpoint',
    'RFC 9126 section 5',
    'pushed authorization requests are demanded',
  );
  const ciba = 'CIBA Core section 4';
  const modes = 'backchannel_token_delivery_modes_supported';
  needs(
    look.has('backchannel_authentication_endpoint'),
    modes,
    ciba,
    'there is a backchannel authentication endpoint',
  );
  needs(
    look.has(modes),
    'backchannel_authentication_endpoint',
    ciba,
    'backchannel delivery modes are listed',
  );
  needs(
    holds('client_registration_types_supported', 'explicit'),
    'federation_registration_endpoint',
    'OpenID Federation section 5.1.3',
    'explicit registration is supported',
  );
  const assurance = 'IDA section 8';
  const assured = look.isTrue('verified_claims_supported');
  needs(assured, 'trust_frameworks_supported', assurance, 'verified claims are supported');
  needs(assured, 'claims_in_verified_claims_supported', assurance, 'verified claims are supported');
  needs(holds('evidence_supported', 'document'), 'documents_supported', assurance, 'documents are evidence');
  needs(
    holds('evidence_supported', 'electronic_record'),
    'electronic_records_supported',
    assurance,
    'electronic records are evidence',
  );
  const external = holds('attachments_supported', 'external');
  needs(external, 'digest_algorithms_supported', assurance, 'external attachments are supported');
  if (look.has('digest_algorithms_supported') && !holds('digest_algorithms_supported', 'sha-256')) {
    const fix = 'Support and list sha-256.';
    look.add(
      'value-missing',
      'error',
      'digest_algorithms_supported',
      assurance,
      'The list lacks sha-256.',
      fix,
    );
  }
}

/** OpenID Connect Discovery 1.0 section 3: `none` only when no ID Token comes from the authorization endpoint. */
function lintIdTokenAlgorithms(look: Inspection): void {
  const name = 'id_token_signing_alg_values_supported';
  const index = look.strings(name)?.indexOf('none') ?? -1;
  const frontChannel = look
    .strings('response_types_supported')
    ?.some((type) => type.split(' ').includes('id_token'));
  if (index < 0 || !frontChannel) return;
  const message = '`none` is offered although ID Tokens come from the authorization endpoint.';
  look.add('alg-none', 'error', [name, index], 'OIDCD-3-01', message, 'Take `none` off the list.');
}

function lintAliases(look: Inspection, subject: Subject): void {
  const aliases = look.document['mtls_endpoint_aliases'];
  if (!isObject(aliases)) return;
  for (const [name, url] of Object.entries(aliases)) {
    const path = ['mtls_endpoint_aliases', name];
    if (name.endsWith('_endpoint')) {
      if (typeof url === 'string' && isAbsoluteUrl(url)) lintScheme(look, subject, url, path, name);
      continue;
    }
    const message = 'Only endpoints have aliases; consumers ignore this one.';
    look.add(
      'alias-not-endpoint',
      'info',
      ['mtls_endpoint_aliases', name],
      'RFC8705-5-01',
      message,
      'Take it out.',
    );
  }
}
