import { createHash, randomBytes } from 'node:crypto';

/** An authorization request with PKCE. */
export function authorizationUrl(issuer: string, parameters: Record<string, string>): URL {
  const url = new URL('/auth', issuer);
  url.search = new URLSearchParams({
    response_type: 'code',
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(randomBytes(32).toString('base64url')).digest('base64url'),
    ...parameters,
  }).toString();
  return url;
}

/** Opens the page for login and consent. */
export async function openConsentPage(url: URL): Promise<{
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}> {
  const first = await fetch(url, { redirect: 'manual' });
  const page = new URL(first.headers.get('location') ?? '', url);
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const response = await fetch(page, { headers: { cookie } });
  return {
    status: response.status,
    headers: response.headers,
    html: await response.text(),
  };
}
