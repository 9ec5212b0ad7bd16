import { getCandidateMetadataUrls } from '@mcp-auth/core';
import { checkAuthorizationServerForMcp, validateAuthorizationServerMetadata } from '@mcp-auth/schemas';
import { Broken, type Fault } from '../trail.js';
import type { Walk } from '../walk-state.js';
import { isUsable, parseUrl } from '../words/addresses.js';
import { compareUrls, describeDifference } from '../words/compare-urls.js';
import { describeLooks, exchangeOf, fetchDocument, type Looked } from '../words/fetch-document.js';
import type { FoundResource } from './resource-metadata.js';

/** The authorization server, as far as a login needs it. */
export interface FoundServer {
  readonly issuer: string;
  readonly authorizationEndpoint: URL;
  readonly tokenEndpoint: URL;
  readonly registrationEndpoint: URL | undefined;
  readonly takesDocuments: boolean;
  readonly statesIssuer: boolean;
  readonly scopesSupported: readonly string[];
  readonly authMethods: readonly string[];
}

type Document = Readonly<Record<string, unknown>>;

export function serverMetadata(walk: Walk, resource: FoundResource): Promise<FoundServer> {
  return walk.trail.step(
    'server-metadata',
    async () => {
      const issuer = chooseIssuer(walk, resource);
      const { document, url, exchange, isOpenId } = await find(walk, issuer);
      judge(walk, document, { issuer, url, exchange, isOpenId });
      return read(document, issuer);
    },
    ({ issuer }) =>
      resource.authorizationServers.length === 1
        ? `${issuer} can be used`
        : `${issuer} can be used, one of ${resource.authorizationServers.length}: --issuer picks another`,
  );
}

function chooseIssuer({ options }: Walk, { authorizationServers, url }: FoundResource): string {
  const { issuer: wanted } = options;
  const [first = ''] = authorizationServers;
  if (wanted !== undefined && !authorizationServers.includes(wanted)) {
    throw new Broken({
      problem: 'issuer-unusable',
      why: `${url.href} does not name ${wanted}, but ${authorizationServers.join(', ')}.`,
    });
  }
  return wanted ?? first;
}

interface Place {
  readonly issuer: string;
  readonly url: URL;
  readonly exchange: Fault['exchange'];
  readonly isOpenId: boolean;
}

async function find(
  walk: Walk,
  issuer: string,
): Promise<Omit<Place, 'issuer'> & { readonly document: Document }> {
  const parsed = parseUrl(issuer);
  if (issuer.includes('/.well-known/')) {
    throw new Broken({
      problem: 'issuer-is-discovery-url',
      why: `${issuer} is listed as authorization server.`,
      expected: issuer.slice(0, issuer.indexOf('/.well-known/')),
      actual: issuer,
    });
  }
  if (parsed === undefined || !isUsable(parsed)) {
    throw new Broken({ problem: 'issuer-unusable', why: `${issuer} is not an https URL.`, actual: issuer });
  }
  const looks: Looked[] = [];
  for (const { url, type } of getCandidateMetadataUrls(issuer)) {
    const look = await fetchDocument(walk, new URL(url));
    looks.push(look);
    if (look.kind === 'found') {
      return {
        document: look.document,
        url: look.url,
        exchange: exchangeOf(look),
        isOpenId: type === 'oidc',
      };
    }
  }
  throw new Broken(await explainMissing(walk, issuer, looks));
}

async function explainMissing(walk: Walk, issuer: string, looks: readonly Looked[]): Promise<Fault> {
  const why = `Looked at ${describeLooks(looks)}.`;
  const exchange = exchangeOf(looks[0]);
  const failed = looks.find((look) => look.kind === 'failed');
  if (failed?.failure.kind === 'private_address') {
    return { problem: 'issuer-forbidden', why: failed.failure.message, actual: issuer, exchange };
  }
  if (failed !== undefined) return { problem: 'issuer-unreachable', why, actual: issuer, exchange };
  const unreadable = looks.find(({ kind }) => kind === 'unreadable');
  if (unreadable !== undefined) {
    return { problem: 'server-metadata-unreadable', why, actual: issuer, exchange: exchangeOf(unreadable) };
  }
  const appended = `${issuer.replace(/\/$/, '')}/.well-known/oauth-authorization-server`;
  if (!looks.some(({ url }) => url.href === appended)) {
    const look = await fetchDocument(walk, new URL(appended));
    if (look.kind === 'found') {
      const expected = looks[0]?.url.href;
      return {
        problem: 'server-metadata-misplaced',
        why: `${why} It is at ${appended}.`,
        expected,
        actual: appended,
        exchange,
      };
    }
  }
  return { problem: 'server-metadata-missing', why, actual: issuer, exchange };
}

function judge(walk: Walk, document: Document, place: Place): void {
  const { issuer, url, exchange, isOpenId } = place;
  compareIssuer(document['issuer'], place);
  refuseUnsafeEndpoints(document, place);
  const [issue] = validateAuthorizationServerMetadata(document);
  if (issue !== undefined) {
    const where = issue.path.join('.');
    throw new Broken({
      problem: 'server-metadata-invalid',
      why: `${url.href}, ${where === '' ? 'the document' : where}: ${issue.message}`,
      exchange,
    });
  }
  const findings = checkAuthorizationServerForMcp(document, {
    revision: walk.options.revision,
    openid: isOpenId,
  });
  for (const { code, severity, message, fix, path } of findings) {
    const fault = { why: `${url.href}: ${message}`, exchange, actual: path.join('.') };
    if (code === 'mcp-pkce-not-announced' || code === 'mcp-pkce-without-s256') {
      if (severity === 'error') throw new Broken({ problem: 'pkce-missing', ...fault });
    } else if (code === 'mcp-issuer-unusable') {
      throw new Broken({ problem: 'issuer-unusable', ...fault, actual: issuer });
    } else if (severity === 'error') {
      throw new Broken({ problem: 'endpoint-missing', ...fault, fix });
    } else if (code === 'mcp-openid-only') {
      walk.trail.note({ problem: 'openid-only', ...fault });
    }
  }
}

function compareIssuer(stated: unknown, { issuer, url, exchange }: Place): void {
  if (stated === issuer) return;
  const isText = typeof stated === 'string';
  const isTemplate = isText && /[{}]/.test(stated);
  const difference = isText ? (compareUrls(issuer, stated) ?? 'spelling') : 'spelling';
  const why = isText
    ? `The resource names ${issuer}, and ${url.href} says ${stated}: ${describeDifference(difference)}.`
    : `${url.href} has no issuer.`;
  throw new Broken({
    problem: 'issuer-mismatch',
    why,
    fix: isTemplate
      ? 'The document is one for all tenants. List the issuer of your tenant: with MCP Auth, entra({ tenantId }).'
      : undefined,
    expected: issuer,
    actual: isText ? stated : undefined,
    exchange,
  });
}

const endpoints = ['authorization_endpoint', 'token_endpoint', 'registration_endpoint'] as const;

/** Before anything is opened or sent there. */
function refuseUnsafeEndpoints(document: Document, { issuer, url, exchange }: Place): void {
  for (const name of endpoints) {
    const value = document[name];
    if (value === undefined) continue;
    const endpoint = parseUrl(value);
    const isSafe = endpoint !== undefined && isUsable(endpoint) && !leadsHome(issuer, endpoint);
    if (isSafe) continue;
    throw new Broken({
      problem: 'endpoint-unsafe',
      why: `${url.href}: ${name} is ${typeof value === 'string' ? value : 'not a URL'}.`,
      expected: 'an https URL',
      actual: typeof value === 'string' ? value : undefined,
      exchange,
    });
  }
}

/** A document from https must not lead to plain http on the machine of the user. */
function leadsHome(issuer: string, endpoint: URL): boolean {
  return issuer.startsWith('https:') && endpoint.protocol === 'http:';
}

function read(document: Document, issuer: string): FoundServer {
  const registration = parseUrl(document['registration_endpoint']);
  return {
    issuer,
    // Both were just checked
    authorizationEndpoint: new URL(document['authorization_endpoint'] as string),
    tokenEndpoint: new URL(document['token_endpoint'] as string),
    registrationEndpoint: registration,
    takesDocuments: document['client_id_metadata_document_supported'] === true,
    statesIssuer: document['authorization_response_iss_parameter_supported'] === true,
    scopesSupported: listOf(document['scopes_supported']),
    authMethods: listOf(document['token_endpoint_auth_methods_supported'] ?? ['client_secret_basic']),
  };
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
