import type { MachineClient } from './clients.js';

export interface TokenRequest {
  readonly issuer: string;
  readonly client: MachineClient;
  readonly scope?: string;
  readonly resource?: string;
  /** Of the request, besides its own. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An access token by the grant of client credentials, as the page's own check gets one. */
export async function fetchToken({
  issuer,
  client,
  scope,
  resource,
  headers,
}: TokenRequest): Promise<string> {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${encodeBasic(client)}`, ...headers },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(scope !== undefined && { scope }),
      ...(resource !== undefined && { resource }),
    }),
  });
  const answer = (await response.json()) as { readonly access_token?: string; readonly error?: string };
  if (answer.access_token === undefined) {
    throw new Error(`no token: ${response.status} ${answer.error ?? ''}`);
  }
  return answer.access_token;
}

/** RFC 6749 §2.3.1: both are form-encoded first. */
function encodeBasic({ id, secret }: MachineClient): string {
  const encode = (value: string) => new URLSearchParams({ '': value }).toString().slice(1);
  return Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64');
}

/** The claims of a token that was just issued: for tests, which do not verify it. */
export function readClaims(token: string): Readonly<Record<string, unknown>> {
  const [, payload = ''] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Readonly<Record<string, unknown>>;
}

export function readHeader(token: string): Readonly<Record<string, unknown>> {
  const [header = ''] = token.split('.');
  return JSON.parse(Buffer.from(header, 'base64url').toString()) as Readonly<Record<string, unknown>>;
}
