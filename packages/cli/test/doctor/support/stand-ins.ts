import { readFileSync } from 'node:fs';
import { type AnswerFor, type Arrived, type Served, type StandInAnswer, standIn } from './serve.js';
import { answerMessage } from './small-server.js';

type Document = Readonly<Record<string, unknown>>;

/** How a stand-in for an authorization server differs from one that works. */
export interface IssuerSettings {
  /** Added to, or put in place of, members of the metadata; `undefined` takes one out. */
  readonly metadata?: (origin: string) => Document;
  /** Path of the issuer, such as `/realms/notes`. */
  readonly path?: string;
  readonly wellKnown?: (path: string) => string;
  readonly register?: (metadata: Document, request: Arrived) => StandInAnswer;
  /** What is added to the address that leads back to the client. */
  readonly authorize?: (
    query: URLSearchParams,
    origin: string,
  ) => Readonly<Record<string, string | undefined>>;
  /** Where the login leads instead. */
  readonly leadAway?: () => string;
  readonly token?: (form: URLSearchParams) => StandInAnswer;
}

export interface StandInIssuer extends Served {
  readonly issuer: string;
}

export const opaqueToken = 'opaque-token-of-the-stand-in-0123456789';

/** An authorization server that is none: it answers what real ones were seen to answer. */
export async function startStandInIssuer(settings: IssuerSettings = {}): Promise<StandInIssuer> {
  const { path = '', wellKnown = (at) => `/.well-known/oauth-authorization-server${at}` } = settings;
  const served = await standIn((request, origin) => {
    const { pathname, searchParams } = new URL(request.path, origin);
    if (request.method === 'GET' && pathname === wellKnown(path)) {
      return { json: describeIssuer(origin, path, settings) };
    }
    if (pathname.endsWith('/register')) {
      const metadata = JSON.parse(request.body) as Document;
      return (
        settings.register?.(metadata, request) ?? {
          status: 201,
          json: { ...metadata, client_id: 'client-1' },
        }
      );
    }
    if (pathname.endsWith('/authorize') && settings.leadAway !== undefined) {
      return { status: 302, headers: { location: settings.leadAway(), 'set-cookie': 'session=1' } };
    }
    if (pathname.endsWith('/authorize')) return sendBack(searchParams, origin, settings);
    if (pathname.endsWith('/token')) {
      const form = new URLSearchParams(request.body);
      return settings.token?.(form) ?? { json: { access_token: opaqueToken, token_type: 'Bearer' } };
    }
    return undefined;
  });
  return { ...served, issuer: `${served.origin}${path}` };
}

function describeIssuer(origin: string, path: string, { metadata }: IssuerSettings): Document {
  const issuer = `${origin}${path}`;
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    registration_endpoint: `${issuer}/register`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    ...metadata?.(origin),
  };
}

/** Logs everybody in. */
function sendBack(query: URLSearchParams, origin: string, { authorize }: IssuerSettings): StandInAnswer {
  const back = new URL(query.get('redirect_uri') ?? '');
  const parameters = { code: 'code-of-the-stand-in-0123456789', state: query.get('state') ?? undefined };
  for (const [name, value] of Object.entries({ ...parameters, ...authorize?.(query, origin) })) {
    if (value !== undefined) back.searchParams.set(name, value);
  }
  return { status: 302, headers: { location: back.href } };
}

/** Metadata as it was recorded from a real server, with its origin replaced by that of the stand-in. */
export function recorded(name: string, origin: string): Document {
  const file = new URL(`../../../../schemas/fixtures/provider-metadata/${name}.json`, import.meta.url);
  const text = readFileSync(file, 'utf8').replace(
    /https?:\/\/(?:localhost:\d+|login\.microsoftonline\.com)/g,
    origin,
  );
  return JSON.parse(text) as Document;
}

/** How a stand-in for an MCP server differs from one that works. */
export interface ServerSettings {
  readonly issuer: string;
  readonly challenge?: (origin: string) => string | undefined;
  readonly metadata?: (origin: string) => Document;
  /** Before anything else. */
  readonly first?: AnswerFor;
  /** The answer to a call with a token. */
  readonly call?: AnswerFor;
}

export const metadataPath = '/.well-known/oauth-protected-resource/mcp';

/** An MCP server that is none. It takes every token. */
export function startStandInServer(settings: ServerSettings): Promise<Served> {
  return standIn((request, origin) => {
    const early = settings.first?.(request, origin);
    if (early !== undefined) return early;
    if (request.path === metadataPath) {
      const document = { resource: `${origin}/mcp`, authorization_servers: [settings.issuer] };
      return { json: { ...document, ...settings.metadata?.(origin) } };
    }
    if (request.path !== '/mcp' || request.method !== 'POST') return undefined;
    if (request.headers.authorization === undefined) return challengeOf(settings, origin);
    return settings.call?.(request, origin) ?? answerCall(request);
  });
}

function challengeOf({ challenge }: ServerSettings, origin: string): StandInAnswer {
  const value =
    challenge === undefined ? `Bearer resource_metadata="${origin}${metadataPath}"` : challenge(origin);
  return { status: 401, headers: value === undefined ? {} : { 'www-authenticate': value } };
}

export function answerCall({ body }: Arrived): StandInAnswer {
  const answer = answerMessage(JSON.parse(body) as Parameters<typeof answerMessage>[0]);
  return answer === undefined ? { status: 202 } : { json: answer };
}
