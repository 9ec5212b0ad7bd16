import type { Exchange } from '../trace.js';

/** Headers that say something about authorization, in the spelling that is shown. */
const shownHeaders = [
  'Authorization',
  'DPoP',
  'Content-Type',
  'MCP-Protocol-Version',
  'Mcp-Method',
  'Mcp-Name',
  'WWW-Authenticate',
  'DPoP-Nonce',
  'Location',
  'Retry-After',
  'Cache-Control',
];

const reasons: ReadonlyMap<number, string> = new Map([
  [200, 'OK'],
  [201, 'Created'],
  [303, 'See Other'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [503, 'Service Unavailable'],
]);

/** Members of the bodies that are shown; all where absent. */
export interface Shown {
  readonly request?: readonly string[];
  readonly response?: readonly string[];
}

/**
 * An exchange as text, readable before all: queries and forms take a line for each parameter, and members that nobody needs
 * for the story are left out.
 */
export function formatExchange(exchange: Pick<Exchange, 'request' | 'response'>, shown: Shown = {}): string {
  return `${formatRequest(exchange.request, shown.request)}\n\n${formatResponse(exchange.response, shown.response)}`;
}

export function formatRequest(request: Exchange['request'], members?: readonly string[]): string {
  const { host, pathname, search } = new URL(request.url);
  return [
    ...breakQuery(`${request.method} ${decode(decodeURI, pathname)}`, search),
    `Host: ${host}`,
    ...formatHeaders(request.headers),
    ...formatBody(request.body, members),
  ].join('\n');
}

export function formatResponse(response: Exchange['response'], members?: readonly string[]): string {
  return [
    `HTTP/1.1 ${response.status} ${reasons.get(response.status) ?? ''}`.trimEnd(),
    ...formatHeaders(response.headers),
    ...formatBody(response.body, members),
  ].join('\n');
}

function breakQuery(start: string, search: string): string[] {
  if (search === '') return [`${start} HTTP/1.1`];
  const parameters = readParameters(search.slice(1));
  return [start, ...parameters.map((text, index) => `  ${index === 0 ? '?' : '&'}${text}`), '  HTTP/1.1'];
}

function readParameters(text: string): string[] {
  return text.split('&').map((pair) => decode(decodeURIComponent, pair));
}

/** What is no percent-encoding stays as it came. */
function decode(how: (text: string) => string, text: string): string {
  try {
    return how(text);
  } catch {
    return text;
  }
}

function formatHeaders(headers: Readonly<Record<string, string>>): string[] {
  return shownHeaders.flatMap((name) => {
    const value = headers[name.toLowerCase()];
    if (value === undefined) return [];
    if (name === 'WWW-Authenticate') return breakChallenge(name, value);
    const [path = '', query] = name === 'Location' ? value.split(/\?(.*)/s) : [value];
    if (query === undefined) return [`${name}: ${value}`];
    return [
      `${name}: ${path}`,
      ...readParameters(query).map((text, at) => `  ${at === 0 ? '?' : '&'}${text}`),
    ];
  });
}

/** Each parameter of a challenge on its own line; none of the shown ones holds a comma. */
function breakChallenge(name: string, value: string): string[] {
  const [scheme = '', parameters = ''] = value.split(/ (.*)/s);
  const lines = parameters.split(', ').map((parameter) => `  ${parameter}`);
  return [`${name}: ${scheme}`, ...lines.join(',\n').split('\n')];
}

type Members = Readonly<Record<string, unknown>>;

function formatBody(body: unknown, members: readonly string[] | undefined): string[] {
  if (body === undefined) return [];
  if (typeof body === 'string') {
    return ['', ...readParameters(body).map((text, index) => (index === 0 ? text : `&${text}`))];
  }
  const kept = members === undefined ? body : pick(body as Members, members);
  const isShortened =
    members !== undefined && Object.keys(kept as Members).length < Object.keys(body as Members).length;
  const text = joinLists(JSON.stringify(kept, null, 2));
  return ['', ...(isShortened ? text.replace(/\n}$/, ',\n  …\n}') : text).split('\n')];
}

/** Members in the order they are asked for; `a.b` shows of `a` the member `b` alone. */
function pick(body: Members, members: readonly string[]): Members {
  const picked: Record<string, unknown> = {};
  for (const path of members) {
    const [name = '', ...inner] = path.split('.');
    if (!Object.hasOwn(body, name)) throw new Error(`The trace has no member ${path} any more.`);
    picked[name] =
      inner.length === 0
        ? body[name]
        : { ...(picked[name] as Members | undefined), ...pick(body[name] as Members, [inner.join('.')]) };
  }
  return picked;
}

/** Short lists on one line. */
function joinLists(json: string): string {
  return json.replace(/\[\n\s+("[^"{}]*"(?:,\n\s+"[^"{}]*")*)\n\s+\]/g, (_list, entries: string) => {
    return `[${entries.replace(/,\n\s+/g, ', ')}]`;
  });
}
