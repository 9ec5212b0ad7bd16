import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathOf } from '../http/door.js';
import { concealForm, concealJson, concealPath, concealUrl, cut } from './conceal.js';
import type { Exchange, ShownMessage } from './exchange.js';
import { readReason } from './reason.js';

const shownHeaders = [
  'Host',
  'Origin',
  'User-Agent',
  'Authorization',
  'DPoP',
  'Content-Type',
  'DPoP-Nonce',
  'WWW-Authenticate',
  'Location',
  'Access-Control-Allow-Origin',
];

/** What is known when an answer is complete. */
export interface Passed {
  readonly request: IncomingMessage;
  readonly body: string;
  readonly response: ServerResponse;
  readonly answer: string;
}

/** An exchange as it may be shown, and what it was for. */
export function showExchange({ request, body, response, answer }: Passed): Omit<Exchange, 'number'> {
  const { method = '', url = '', headers } = request;
  const path = pathOf(request);
  const isPublic = path.startsWith('/.well-known/') || path === '/jwks';
  const [, query = ''] = url.split(/\?(.*)/s);
  const reason = readReason(response, answer);
  const isRefused = reason !== undefined || response.statusCode >= 400;
  return {
    time: new Date().toISOString(),
    title: tellPurpose(method, path, { form: new URLSearchParams(body), isRefused }),
    ...(reason !== undefined && { reason }),
    request: {
      method: cut(method),
      path: cut(concealPath(path)),
      query: concealForm(query),
      ...show((name) => headers[name], body, false),
    },
    response: {
      status: response.statusCode,
      ...show((name) => response.getHeader(name), answer, isPublic),
    },
  };
}

type Header = string | number | readonly string[] | undefined;

function show(header: (name: string) => Header, body: string, isPublic: boolean): ShownMessage {
  const type = [header('content-type') ?? ''].flat().join();
  const shown = body === '' ? undefined : showBody(type, body, isPublic);
  return {
    headers: shownHeaders.flatMap((name): [string, string][] => {
      const value = header(name.toLowerCase());
      return value === undefined ? [] : [[name, showHeader(name, [value].flat().join(', '))]];
    }),
    ...(shown !== undefined && { body: shown }),
  };
}

/** A page is for people, and says what is in the exchange before it anyway. */
function showBody(type: string, body: string, isPublic: boolean): string | undefined {
  if (type.includes('json')) return concealJson(body, isPublic);
  if (type.startsWith('application/x-www-form-urlencoded')) return concealForm(body).join('\n');
  return undefined;
}

function showHeader(name: string, value: string): string {
  switch (name) {
    case 'Authorization':
      return `${/^[\w-]{1,20}(?= )/.exec(value)?.[0] ?? ''} …`;
    case 'DPoP':
    case 'DPoP-Nonce':
      return '…';
    case 'Location':
      return cut(concealUrl(value));
    default:
      return cut(value).slice(0, 300);
  }
}

interface Details {
  readonly form: URLSearchParams;
  readonly isRefused: boolean;
}

function tellPurpose(method: string, path: string, { form, isRefused }: Details): string {
  const purpose = tellWhatFor(method, path, form);
  return isRefused ? `Refused: ${purpose.charAt(0).toLowerCase()}${purpose.slice(1)}` : purpose;
}

function tellWhatFor(method: string, path: string, form: URLSearchParams): string {
  if (method === 'OPTIONS') return 'A browser asks whether a page may call this';
  if (path.startsWith('/.well-known/'))
    return 'Somebody reads the metadata: endpoints, and what is supported';
  if (path.startsWith('/interaction/'))
    return method === 'POST'
      ? `The user presses ${form.get('decision') === 'allow' ? 'Allow' : 'Deny'}`
      : 'The user is asked';
  if (path.startsWith('/auth/')) return 'The user goes back to the client, with a code or an error';
  switch (path) {
    case '/auth':
      return 'A client sends its user to log in';
    case '/reg':
      return 'A client registers itself';
    case '/token':
      return tellGrant(form.get('grant_type'));
    case '/jwks':
      return 'A resource server fetches the public keys';
    case '/me':
      return 'Somebody asks who the user is';
    case '/token/introspection':
      return 'A resource server asks about a token';
    case '/token/revocation':
      return 'A client gives a token back';
    default:
      return 'Somebody asks for something that is not here';
  }
}

function tellGrant(grantType: string | null): string {
  switch (grantType) {
    case 'authorization_code':
      return 'The client exchanges its code for tokens';
    case 'refresh_token':
      return 'The client refreshes its tokens';
    case 'client_credentials':
      return 'A client asks for a token without a user';
    default:
      return 'A client asks for a token';
  }
}
