import { getCandidateMetadataUrls } from '@mcp-auth/core';
import type { DoorResponse, Send } from '../net/door.js';
import { DoorError } from '../net/exchange.js';
import type { Finding } from '../report/report.js';

/** A metadata document where it was found. */
export interface FoundDocument {
  readonly url: string;
  readonly kind: 'oauth' | 'openid';
  readonly document: Readonly<Record<string, unknown>>;
  readonly response: DoorResponse;
}

/** What one location had to say. */
export interface Location {
  readonly url: string;
  readonly kind: 'oauth' | 'openid';
  readonly found?: FoundDocument;
  /** Why there is no document. */
  readonly problem?: string;
  readonly response?: DoorResponse;
}

/** As a page in a browser asks. */
const origin = 'https://client.example';

/**
 * Asks every place where clients look for the metadata of an issuer.
 *
 * @throws {@link DoorError} where the first of them cannot be reached: none can
 */
export async function findMetadata(issuer: string, send: Send): Promise<readonly Location[]> {
  const locations: Location[] = [];
  for (const { url, type } of getCandidateMetadataUrls(issuer)) {
    const kind = type === 'oidc' ? 'openid' : 'oauth';
    try {
      locations.push(await askLocation(url, kind, send));
    } catch (error) {
      if (!(error instanceof DoorError) || locations.length === 0) throw error;
      locations.push({ url, kind, problem: error.message });
    }
  }
  return locations;
}

/** Asks one place. */
export async function askLocation(url: string, kind: 'oauth' | 'openid', send: Send): Promise<Location> {
  const response = await send(url, { headers: { accept: 'application/json', origin } });
  const read = readDocument(response);
  return typeof read === 'string'
    ? { url, kind, problem: read, response }
    : { url, kind, response, found: { url, kind, document: read, response } };
}

/** The JSON object of an answer, or what is in its place. */
export function readDocument({
  status,
  headers,
  text,
}: DoorResponse): Readonly<Record<string, unknown>> | string {
  if (status >= 300 && status < 400) return `redirects to ${headers.get('location') ?? 'nowhere'}`;
  if (status !== 200) return `answers with status ${status}`;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>;
    return 'answers with JSON that is not an object';
  } catch {
    return text.trimStart().startsWith('<')
      ? 'answers with a page of HTML'
      : 'answers with text that is not JSON';
  }
}

/** What the search for metadata found out, as far as places are concerned. */
export function judgeLocations(issuer: string, locations: readonly Location[]): readonly Finding[] {
  const found = locations.filter((location) => location.found !== undefined);
  const [first] = locations;
  const list = locations.map(({ url, problem }) => `${url}: ${problem ?? 'a document'}`).join('\n');
  const base = { area: 'discovery', clause: 'RFC 8414 §3.1' } as const;
  const any: Finding = {
    ...base,
    id: 'discovery/found',
    severity: 'MUST',
    outcome: found.length > 0 ? 'passed' : 'failed',
    title: 'The metadata is at one of the places where clients look',
    ...(found.length === 0 && {
      expected: 'a JSON document',
      actual: list,
      fix: `Publish it at ${first?.url ?? ''}. If ${issuer} is the URL of an MCP server and no issuer, ask: mcp-auth doctor ${issuer}`,
      exchange: first?.response?.exchange,
    }),
  };
  const oauth = locations.find(({ kind }) => kind === 'oauth');
  if (found.length === 0) return [any];
  return [
    any,
    {
      ...base,
      id: 'discovery/oauth',
      severity: 'SHOULD',
      outcome: oauth?.found === undefined ? 'failed' : 'passed',
      title: 'It is at the place of RFC 8414, the only one for clients of 2025-06-18',
      revisions: ['2025-06-18'],
      ...(oauth?.found === undefined && {
        actual: `${oauth?.url ?? ''} ${oauth?.problem ?? ''}`,
        fix: 'Publish the document there as well; later clients look for OpenID configurations too.',
        exchange: oauth?.response?.exchange,
      }),
    },
    ...locations
      .filter(({ response }) => response !== undefined && response.status >= 300 && response.status < 400)
      .map(({ url, problem, response }): Finding => ({
        ...base,
        id: 'discovery/redirect',
        severity: 'SHOULD',
        outcome: 'failed',
        title: 'No place of the metadata redirects',
        message: `${url} ${problem ?? ''}`,
        fix: 'Answer there with the document. Clients need not follow redirects, and must not take another origin for the issuer.',
        exchange: response?.exchange,
      })),
  ];
}
