import { parseProtectedResourceMetadata, validateProtectedResourceMetadata } from '@mcp-auth/schemas';
import { Broken, type Fault } from '../trail.js';
import type { Walk } from '../walk-state.js';
import { compareUrls, describeDifference, isSameResource } from '../words/compare-urls.js';
import { describeLooks, exchangeOf, fetchDocument, type Looked } from '../words/fetch-document.js';
import { misplacedLocations, resourceLocations } from '../words/resource-locations.js';
import type { Challenge } from './challenge.js';
import { allowsOrigin } from './preflight.js';

/** The document of the resource, as far as a login needs it. */
export interface FoundResource {
  /** What clients send as `resource`. */
  readonly resource: string;
  readonly authorizationServers: readonly string[];
  readonly scopesSupported: readonly string[];
  readonly url: URL;
  /** It says that it takes no other tokens than those bound to a key (RFC 9728 §2). */
  readonly requiresProofs: boolean;
  /** It says that it takes tokens bound to a client certificate, which is not to say that it takes no others. */
  readonly takesCertificates: boolean;
}

type Found = Extract<Looked, { readonly kind: 'found' }>;

export function resourceMetadata(walk: Walk, challenge: Challenge): Promise<FoundResource> {
  return walk.trail.step(
    'resource-metadata',
    async () => {
      const { found, elsewhere } = await find(walk, challenge);
      const resource = read(walk, found, challenge);
      // A wrong resource is why the challenge names a wrong address
      if (elsewhere !== undefined) throw new Broken(elsewhere);
      return resource;
    },
    ({ url, resource }) => `${url.href} is about ${resource}`,
  );
}

/** Every location is looked at; the first in the order of clients counts. */
async function find(
  walk: Walk,
  { metadataUrl }: Challenge,
): Promise<{ readonly found: Found; readonly elsewhere: Fault | undefined }> {
  const named = metadataUrl === undefined ? undefined : await fetchDocument(walk, metadataUrl);
  const looks: Looked[] = named === undefined ? [] : [named];
  for (const url of resourceLocations(walk.target)) {
    if (url.href !== metadataUrl?.href) looks.push(await fetchDocument(walk, url));
  }
  const found = looks.find((look) => look.kind === 'found');
  if (found === undefined) throw new Broken(await explainMissing(walk, looks));
  if (named === undefined || named.kind === 'found') return { found, elsewhere: undefined };
  return {
    found,
    elsewhere: {
      problem: 'metadata-elsewhere',
      why: `The challenge names ${describeLooks([named])}. The document is at ${found.url.href}.`,
      expected: found.url.href,
      actual: named.url.href,
      exchange: exchangeOf(named),
    },
  };
}

async function explainMissing(walk: Walk, looks: readonly Looked[]): Promise<Fault> {
  const why = `Looked at ${describeLooks(looks)}.`;
  const exchange = exchangeOf(looks[0]);
  if (looks.some(({ kind }) => kind === 'protected')) {
    return {
      problem: 'metadata-protected',
      why,
      exchange: exchangeOf(looks.find(({ kind }) => kind === 'protected')),
    };
  }
  for (const url of misplacedLocations(walk.target)) {
    const look = await fetchDocument(walk, url);
    if (look.kind === 'found' && typeof look.document['resource'] === 'string') {
      return {
        problem: 'metadata-under-prefix',
        why: `${why} The document is at ${url.href}.`,
        expected: resourceLocations(walk.target)[0]?.href,
        actual: url.href,
        exchange,
      };
    }
  }
  const unreadable = looks.find(({ kind }) => kind === 'unreadable');
  if (unreadable !== undefined) {
    return { problem: 'metadata-unreadable', why, exchange: exchangeOf(unreadable) };
  }
  const forbidden = looks.find((look) => look.kind === 'failed' && look.failure.kind === 'private_address');
  if (forbidden !== undefined) return { problem: 'issuer-forbidden', why, exchange: exchangeOf(forbidden) };
  return { problem: 'metadata-missing', why, expected: resourceLocations(walk.target)[0]?.href, exchange };
}

function read(walk: Walk, { url, document, answer }: Found, { scopes }: Challenge): FoundResource {
  const { exchange } = answer;
  const issues = validateProtectedResourceMetadata(document);
  const servers = document['authorization_servers'];
  const isEmpty = servers === undefined || (Array.isArray(servers) && servers.length === 0);
  const [issue] = issues.filter(({ path }) => !(isEmpty && path[0] === 'authorization_servers'));
  if (issue !== undefined) {
    const where = issue.path.join('.');
    throw new Broken({
      problem: 'metadata-invalid',
      why: `${url.href}, ${where === '' ? 'the document' : where}: ${issue.message}`,
      exchange,
    });
  }
  if (isEmpty) {
    throw new Broken({
      problem: 'no-authorization-servers',
      why: `${url.href} has no authorization_servers.`,
      exchange,
    });
  }
  const metadata = parseProtectedResourceMetadata(document);
  compareResource(walk, metadata.resource, { url, exchange });
  noteScopeNames(walk, { challenged: scopes, supported: metadata.scopes_supported ?? [], exchange });
  const { origin } = walk.options;
  if (origin !== undefined && !allowsOrigin(answer.headers, origin)) {
    throw new Broken({
      problem: 'metadata-hidden',
      why: `${url.href} does not allow the origin ${origin}.`,
      exchange,
    });
  }
  return {
    resource: metadata.resource,
    authorizationServers: metadata.authorization_servers ?? [],
    scopesSupported: metadata.scopes_supported ?? [],
    url,
    requiresProofs: metadata.dpop_bound_access_tokens_required === true,
    takesCertificates: metadata.tls_client_certificate_bound_access_tokens === true,
  };
}

type Seen = Pick<Fault, 'exchange'> & { readonly url: URL };

function compareResource(walk: Walk, stated: string, { url, exchange }: Seen): void {
  const { resource, trail } = walk;
  if (isSameResource(resource, stated)) return;
  const difference = compareUrls(resource, stated) ?? 'spelling';
  const fault = {
    why: `Clients use ${resource}, and ${url.href} is about ${stated}: ${describeDifference(difference)}.`,
    expected: resource,
    actual: stated,
    exchange,
  };
  const isAbove = difference !== 'slash' && resource.startsWith(stated.endsWith('/') ? stated : `${stated}/`);
  if (!isAbove) throw new Broken({ problem: 'resource-mismatch', ...fault });
  trail.note({ problem: 'resource-above', ...fault });
}

interface ScopeNames extends Pick<Fault, 'exchange'> {
  readonly challenged: readonly string[];
  readonly supported: readonly string[];
}

/** A name in the challenge that is the end of a longer one in the metadata is the same scope, written as two servers write it. */
function noteScopeNames({ trail }: Walk, { challenged, supported, exchange }: ScopeNames): void {
  for (const short of challenged.filter((name) => !supported.includes(name))) {
    const long = supported.find((name) => name.endsWith(`/${short}`));
    if (long === undefined) continue;
    trail.note({
      problem: 'scope-names',
      why: `The challenge asks for ${short}, and the metadata names ${long}. Clients ask for what the challenge names.`,
      expected: long,
      actual: short,
      exchange,
    });
  }
}
