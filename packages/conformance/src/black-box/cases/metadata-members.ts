import { defineCases } from '../define-cases.js';
import { isRecord, show, type JsonRecord } from '../exchange.js';
import { check, failed, passed, skipped } from '../verdict.js';
import { about, isSafeUrl } from './metadata-parts.js';

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** Members of the document that hold URLs. */
const urlMembers = ['jwks_uri', 'resource_documentation', 'resource_policy_uri', 'resource_tos_uri'];

/** What the members of the document say. */
export const metadataMemberCases = defineCases('metadata', {
  'metadata-authorization-servers': about(
    {
      title: 'the document names at least one authorization server',
      requirements: ['MCP-2026-07-28-RS-004'],
      fix: 'List the issuer identifier of the authorization server in authorization_servers.',
    },
    ({ authorization_servers: servers }) => {
      const list = listOf(servers);
      const isGood =
        list !== undefined &&
        list.length > 0 &&
        list.every((each) => typeof each === 'string' && URL.canParse(each));
      return check(isGood, 'a list of one or more issuer identifiers', show(servers));
    },
  ),
  'metadata-authorization-servers-https': about(
    {
      title: 'authorization servers are reached over https',
      requirements: ['MCP-2026-07-28-RS-034', 'OAUTH21-1.5-01'],
      fix: 'Name issuers by their https URL. Only on this machine may it be http.',
    },
    ({ authorization_servers: servers }) => {
      const bad = listOf(servers)?.filter((each) => !isSafeUrl(each)) ?? [];
      return check(bad.length === 0, 'https in every entry', show(bad));
    },
  ),
  'metadata-urls-https': about(
    {
      title: 'every URL in the document is https',
      requirements: ['OAUTH21-1.5-01', 'RFC9728-2-02'],
      fix: 'Publish absolute https URLs.',
    },
    (document) => {
      const bad = urlMembers.filter((name) => name in document && !isSafeUrl(document[name]));
      return check(
        bad.length === 0,
        'absolute https URLs',
        bad.map((name) => `${name}: ${show(document[name])}`).join(', '),
      );
    },
  ),
  'metadata-signing-algorithms': about(
    {
      title: 'no resource signs with the algorithm none',
      requirements: ['RFC9728-2-03'],
      fix: 'Take none out of resource_signing_alg_values_supported.',
    },
    ({ resource_signing_alg_values_supported: algorithms }) =>
      check(listOf(algorithms)?.includes('none') !== true, 'no entry none', show(algorithms)),
  ),
  'metadata-bearer-methods': about(
    {
      title: 'tokens come in the header, where the document says how they come',
      requirements: ['RFC9728-2-05'],
      fix: 'Set bearer_methods_supported to ["header"], or leave it out.',
    },
    ({ bearer_methods_supported: methods }) => {
      if (methods === undefined) return passed;
      const list = listOf(methods) ?? [];
      const known = list.every((each) => ['header', 'body', 'query'].includes(String(each)));
      return check(
        Array.isArray(methods) && known && list.includes('header'),
        'a list with header, of header, body and query',
        show(methods),
      );
    },
  ),
  'metadata-empty-members': about(
    {
      title: 'members without a value are left out',
      requirements: ['RFC9728-3.2-03'],
      fix: 'Leave a member out instead of publishing null or an empty list.',
    },
    (document) => {
      const bad = Object.entries(document).filter(
        ([name, value]) =>
          value === null ||
          (Array.isArray(value) && value.length === 0 && name !== 'bearer_methods_supported'),
      );
      return check(bad.length === 0, 'no null and no empty list', bad.map(([name]) => name).join(', '));
    },
  ),
  'metadata-language-tags': about(
    {
      title: 'texts in several languages have one without a tag as well',
      requirements: ['RFC9728-2.1-01'],
      severity: 'note',
      fix: 'Add the member without a language tag.',
    },
    (document) => {
      const lone = Object.keys(document).filter(
        (name) => name.includes('#') && !((name.split('#')[0] ?? '') in document),
      );
      return check(lone.length === 0, 'a member without a tag for each with one', lone.join(', '));
    },
  ),
  'metadata-recommended-members': about(
    {
      title: 'the document names the resource for people, and its scopes',
      requirements: ['RFC9728-2-04'],
      severity: 'note',
      fix: 'Add resource_name, and scopes_supported where there are scopes.',
    },
    (document) => {
      const missing = ['scopes_supported', 'resource_name'].filter((name) => !(name in document));
      return check(
        missing.length === 0,
        'scopes_supported and resource_name',
        `without ${missing.join(' and ')}`,
      );
    },
  ),
  'metadata-minimal-scopes': about(
    {
      title: 'the scopes that are offered are those of basic use',
      requirements: ['MCP-2026-07-28-RS-011', 'MCP-2026-07-28-RS-009'],
      severity: 'note',
      fix: 'Leave wildcards and scopes of administrators to step-up challenges.',
    },
    ({ scopes_supported: scopes }) => {
      const wide = (listOf(scopes) ?? []).filter((each) =>
        /[*]|(?:^|[:._-])(?:admin|root|all|full)(?:$|[:._-])/i.test(String(each)),
      );
      return check(wide.length === 0, 'no wildcard and no scope of administrators', wide.join(' '));
    },
  ),
  'metadata-offline-access': {
    title: 'the resource asks for no refresh token by its scopes',
    requirements: ['MCP-2026-07-28-RS-012'],
    fix: 'Take offline_access out of scopes_supported and of what the route requires.',
    probe: async (probe) => {
      const scopes = listOf((await probe.document())?.scopes_supported) ?? [];
      const challenged = await probe.challengedScopes();
      const places = [
        ...(scopes.includes('offline_access') ? ['scopes_supported'] : []),
        ...(challenged.includes('offline_access') ? ['the challenge'] : []),
      ];
      return check(places.length === 0, 'no offline_access', `offline_access in ${places.join(' and ')}`);
    },
  },
  'metadata-signed': about(
    {
      title: 'signed metadata is a JWS of an issuer, without signed metadata inside',
      requirements: ['RFC9728-2.2-01', 'RFC9728-2.2-03', 'RFC9728-7.9-01'],
      fix: 'Sign the members with an iss claim and without signed_metadata, and publish the same values in plain.',
    },
    (document) => {
      const signed = document.signed_metadata;
      if (signed === undefined) return skipped('There is no signed_metadata.');
      const claims = readClaims(signed);
      if (claims === undefined) return failed('a JWS', show(typeof signed));
      if (typeof claims.iss !== 'string') return failed('an iss claim', show(claims.iss));
      if ('signed_metadata' in claims) return failed('no signed_metadata inside', 'one inside the other');
      const other = Object.keys(claims).filter(
        (name) => name in document && show(claims[name]) !== show(document[name]),
      );
      return check(other.length === 0, 'the same values in both', `other values of ${other.join(', ')}`);
    },
  ),
});

function readClaims(value: unknown): JsonRecord | undefined {
  const [, claims = '', signature = ''] = typeof value === 'string' ? value.split('.') : [];
  try {
    const parsed: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString());
    return isRecord(parsed) && signature !== '' ? parsed : undefined;
  } catch {
    return undefined;
  }
}
