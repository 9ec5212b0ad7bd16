const mask = '[redacted]';

/** Members of JSON documents, forms and queries that let their holder act for somebody. */
const secrets = new Set([
  'access_token',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'csrf',
  'id_token',
  'refresh_token',
  'registration_access_token',
  'token',
]);

const jwtLike = /\beyJ[\w-]+\.[\w-]*\.[\w-]*/g;

/** A field value of a message head without credentials. */
export function redactHeader(name: string, value: string): string {
  if (name === 'authorization') return value.replace(/ .*/s, ` ${mask}`);
  if (name === 'location') return redactUrl(value);
  return value.replace(jwtLike, mask);
}

/** An absolute or relative URL without secret parameters. */
export function redactUrl(url: string): string {
  const [path = '', query] = url.split(/\?(.*)/s);
  return query === undefined ? path : `${path}?${redactForm(query)}`;
}

/** A form or query string, in its own order, without secret parameters. */
export function redactForm(form: string): string {
  return form
    .split('&')
    .map((pair) => (secrets.has(pair.split('=')[0] ?? '') ? `${pair.split('=')[0] ?? ''}=${mask}` : pair))
    .join('&')
    .replace(jwtLike, mask);
}

/** A JSON value without secret members, at any depth. */
export function redactJson(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(jwtLike, mask);
  if (Array.isArray(value)) return value.map(redactJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    // JSON-RPC errors have a member "code" too, a number
    Object.entries(value).map(([name, member]: [string, unknown]) => [
      name,
      secrets.has(name) && typeof member === 'string' ? mask : redactJson(member),
    ]),
  );
}
