import { defineCases, type CaseDraft } from '../define-cases.js';
import { headerOf, isLoopback, isRecord, show, type JsonRecord } from '../exchange.js';
import type { FoundMetadata } from '../find-metadata.js';
import { check, failed, passed, skipped, type Probe, type Verdict } from '../probe.js';

const none = 'There is no metadata document: see metadata-published.';

/** A case about the document, where there is one. */
function about(
  draft: Omit<CaseDraft, 'probe'>,
  judge: (document: JsonRecord, found: FoundMetadata, probe: Probe) => Verdict,
): CaseDraft {
  return {
    ...draft,
    probe: async (probe) => {
      const found = await probe.metadata();
      return found === undefined ? skipped(none) : judge(found.document, found, probe);
    },
  };
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** https, or http on this machine. */
function isSafeUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const url = new URL(value);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/** RFC 9728 §1.2: https, no fragment; http on this machine while developing. */
function isIdentifier(value: unknown): boolean {
  return isSafeUrl(value) && !String(value).includes('#');
}

/** Members of the document that hold URLs. */
const urlMembers = ['jwks_uri', 'resource_documentation', 'resource_policy_uri', 'resource_tos_uri'];

/** Members of the document that hold lists. */
const listMembers = [
  'authorization_servers',
  'scopes_supported',
  'bearer_methods_supported',
  'resource_signing_alg_values_supported',
  'authorization_details_types_supported',
  'dpop_signing_alg_values_supported',
];

function isListOfStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

export const metadataDocumentCases = defineCases('metadata', {
  'metadata-published': {
    title: 'a protected server publishes its metadata where clients look for it',
    requirements: ['MCP-2026-07-28-RS-003'],
    fix: 'Serve the protected resource metadata at /.well-known/oauth-protected-resource followed by the path of the endpoint, outside of every prefix and without a token.',
    probe: async (probe) => {
      const found = await probe.metadata();
      return check(
        found !== undefined,
        '200 and a JSON object at one of the places',
        'no document at the URL of the challenge, nor at the well-known URLs',
      );
    },
  },
  'metadata-type': about(
    {
      title: 'the document is JSON and says so',
      requirements: ['RFC9728-3.2-01'],
      fix: 'Answer with Content-Type: application/json.',
    },
    (_document, { exchange }) => {
      const type = headerOf(exchange.response, 'content-type');
      return check(
        /^application\/json\s*(?:;|$)/i.test(type ?? ''),
        'Content-Type: application/json',
        show(type),
      );
    },
  ),
  'metadata-lists': about(
    {
      title: 'what the document lists is a list of strings',
      requirements: [],
      severity: 'MUST',
      clause: 'RFC 9728 §2',
      fix: 'Write an array of strings, such as ["notes:read"], and no string with spaces or commas.',
    },
    (document) => {
      const wrong = listMembers.filter((name) => name in document && !isListOfStrings(document[name]));
      return check(
        wrong.length === 0,
        'arrays of strings',
        wrong.map((name) => `${name}: ${show(document[name])}`).join(', '),
      );
    },
  ),
  'metadata-resource-member': about(
    {
      title: 'the document names its resource',
      requirements: ['RFC9728-2-01'],
      fix: 'Add the member resource: the URL of the MCP endpoint.',
    },
    ({ resource }) =>
      check(typeof resource === 'string' && resource !== '', 'a string in resource', show(resource)),
  ),
  'metadata-resource-form': about(
    {
      title: 'the resource identifier is an absolute https URL without a fragment',
      requirements: ['RFC9728-1.2-01', 'MCP-2026-07-28-RS-029', 'RFC8707-2-01'],
      fix: 'Publish the whole public URL of the endpoint: https://host/path.',
    },
    ({ resource }) =>
      check(isIdentifier(resource), 'an absolute https URL without a fragment', show(resource)),
  ),
  'metadata-resource-identity': about(
    {
      title: 'the document names the URL that clients use, character by character',
      requirements: ['RFC9728-3.3-03', 'MCP-2026-07-28-RS-029', 'MCP-2026-07-28-RS-028', 'MCP-EXT-EMA-01'],
      fix: 'Configure the public URL of the endpoint, as clients write it, as the resource identifier: scheme, host, port, path and the slash at the end.',
    },
    ({ resource }, _found, { url }) => {
      const root = (text: string): string =>
        /^https?:\/\/[^/]+\/?$/.test(text) ? text.replace(/\/$/, '') : text;
      const isSame = typeof resource === 'string' && root(resource) === root(url);
      return check(isSame, show(url), show(resource));
    },
  ),
  'metadata-resource-slash': about(
    {
      title: 'an identifier without a path has no slash at its end',
      requirements: ['MCP-2026-07-28-RS-028'],
      fix: 'Write https://host instead of https://host/.',
    },
    ({ resource }) =>
      check(
        !/^https?:\/\/[^/]+\/$/.test(String(resource)),
        'no slash at the end of an identifier without a path',
        show(resource),
      ),
  ),
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
