import { isRecord } from '../storage/secrets.js';

const maxLength = 2000;

/**
 * Members of forms, queries and JSON that are shown as they are. Of every other one only the length is shown: a name that nobody thought of
 * here could be that of a token.
 */
const shown = new Set([
  'account',
  'acr_values',
  'active',
  'application_type',
  'aud',
  'client_assertion_type',
  'client_id',
  'client_id_issued_at',
  'client_name',
  'client_secret_expires_at',
  'client_uri',
  'cnf',
  'code_challenge',
  'code_challenge_method',
  'decision',
  'error',
  'error_description',
  'exp',
  'expires_in',
  'grant_type',
  'grant_types',
  'iat',
  'iss',
  'jkt',
  'jti',
  'logo_uri',
  'max_age',
  'name',
  'prompt',
  'redirect_uri',
  'redirect_uris',
  'resource',
  'response_type',
  'response_types',
  'scope',
  'software_id',
  'software_version',
  'sub',
  'token_endpoint_auth_method',
  'token_type',
  'token_type_hint',
  'username',
]);

const jwtLike = /\beyJ[\w-]{4,}\.[\w-]*(?:\.[\w-]*)?/g;

/** Text without anything that looks like a token, and not longer than a page can take. */
export function cut(text: string): string {
  const bounded = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return bounded.replace(jwtLike, 'eyJ…');
}

function concealValue(name: string, value: string): string {
  if (!shown.has(name)) return value === '' ? '' : `… (${value.length} characters)`;
  return name.endsWith('_uri') ? cut(concealUrl(value)) : cut(value);
}

/** The parameters of a form or query, a line each. */
export function concealForm(form: string): readonly string[] {
  const parameters = [...new URLSearchParams(form.slice(0, 64 * 1024))].slice(0, 100);
  return parameters.map(([name, value]) => `${cut(name).slice(0, 100)}=${concealValue(name, value)}`);
}

/** A URL without secret parameters, and without the identifier of a login in its path. */
export function concealUrl(url: string): string {
  const [path = '', query] = (url.split('#', 1)[0] ?? '').split(/\?(.*)/s);
  const shownPath = concealPath(path);
  return query === undefined || query === '' ? shownPath : `${shownPath}?${concealForm(query).join('&')}`;
}

export function concealPath(path: string): string {
  return path.replace(/\/(interaction|auth|reg)\/[^/]+/g, '/$1/…');
}

/** JSON with the members that are shown. @param isPublic - whether everybody may read the document anyway */
export function concealJson(text: string, isPublic: boolean): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return cut(JSON.stringify(isPublic ? value : concealMembers(value), null, 2));
  } catch {
    return undefined;
  }
}

function concealMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(concealMembers);
  if (!isRecord(value)) return typeof value === 'string' ? cut(value) : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (typeof member === 'string') return [name, concealValue(name, member)];
      return [name, shown.has(name) ? concealMembers(member) : '…'];
    }),
  );
}
