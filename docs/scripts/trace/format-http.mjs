/** Fields that say something about authorization, in the spelling that is shown. */
const shownFields = [
  'Authorization',
  'Content-Type',
  'MCP-Protocol-Version',
  'Mcp-Method',
  'Mcp-Name',
  'WWW-Authenticate',
  'Location',
  'Retry-After',
  'Cache-Control',
];

const reasons = new Map([
  [200, 'OK'],
  [201, 'Created'],
  [303, 'See Other'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [503, 'Service Unavailable'],
]);

/**
 * An exchange as text, readable before all: queries and forms take a line for each parameter, and members that nobody needs
 * for the story are left out.
 *
 * @param {object} exchange
 * @param {{ request?: string[], response?: string[] }} [shown] members of the bodies that are shown; all where absent
 */
export function formatExchange({ request, response }, shown = {}) {
  const { host, pathname, search } = new URL(request.url);
  return [
    ...breakQuery(`${request.method} ${decodeURI(pathname)}`, search),
    `Host: ${host}`,
    ...formatFields(request.headers),
    ...formatBody(request.body, shown.request),
    '',
    `HTTP/1.1 ${response.status} ${reasons.get(response.status) ?? ''}`.trimEnd(),
    ...formatFields(response.headers),
    ...formatBody(response.body, shown.response),
  ].join('\n');
}

function breakQuery(start, search) {
  if (search === '') return [`${start} HTTP/1.1`];
  const parameters = readParameters(search.slice(1));
  return [start, ...parameters.map((text, index) => `  ${index === 0 ? '?' : '&'}${text}`), '  HTTP/1.1'];
}

function readParameters(text) {
  return text.split('&').map((pair) => decodeURIComponent(pair));
}

function formatFields(headers) {
  return shownFields.flatMap((field) => {
    const value = headers[field.toLowerCase()];
    if (value === undefined) return [];
    if (field === 'WWW-Authenticate') return breakChallenge(field, value);
    const [path, query] = field === 'Location' ? value.split(/\?(.*)/s) : [value];
    if (query === undefined) return [`${field}: ${value}`];
    return [
      `${field}: ${path}`,
      ...readParameters(query).map((text, at) => `  ${at === 0 ? '?' : '&'}${text}`),
    ];
  });
}

/** Each parameter of a challenge on its own line; none of the shown ones holds a comma. */
function breakChallenge(field, value) {
  const [scheme, parameters = ''] = value.split(/ (.*)/s);
  const lines = parameters.split(', ').map((parameter) => `  ${parameter}`);
  return [`${field}: ${scheme}`, ...lines.join(',\n').split('\n')];
}

function formatBody(body, members) {
  if (body === undefined) return [];
  if (typeof body === 'string') {
    return ['', ...readParameters(body).map((text, index) => (index === 0 ? text : `&${text}`))];
  }
  const kept = members === undefined ? body : pick(body, members);
  const isShortened = Object.keys(kept).length < Object.keys(body).length;
  const text = join(JSON.stringify(kept, null, 2));
  return ['', ...(isShortened ? text.replace(/\n}$/, ',\n  …\n}') : text).split('\n')];
}

/** Members in the order they are asked for; `a.b` shows of `a` the member `b` alone. */
function pick(body, members) {
  const picked = {};
  for (const path of members) {
    const [name, ...inner] = path.split('.');
    if (!Object.hasOwn(body, name)) throw new Error(`The trace has no member ${path} any more.`);
    picked[name] =
      inner.length === 0 ? body[name] : { ...picked[name], ...pick(body[name], [inner.join('.')]) };
  }
  return picked;
}

/** Short lists on one line. */
function join(json) {
  return json.replace(/\[\n\s+("[^"{}]*"(?:,\n\s+"[^"{}]*")*)\n\s+\]/g, (_list, entries) => {
    return `[${entries.replace(/,\n\s+/g, ', ')}]`;
  });
}
