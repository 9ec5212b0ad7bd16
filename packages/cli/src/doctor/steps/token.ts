import type { Answer } from '../line.js';
import { DoorError } from '../line.js';
import type { ProblemId } from '../problems/problems.js';
import { Broken } from '../trail.js';
import type { Walk } from '../walk-state.js';
import { parseObject } from '../words/mcp-messages.js';
import { readRefusal } from '../words/oauth-answer.js';
import { splitScopes } from '../words/read-challenge.js';
import type { Grant } from './login.js';
import type { FoundClient } from './registration.js';
import type { FoundServer } from './server-metadata.js';

export interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
  /** As granted; absent: as asked for. */
  readonly scopes: readonly string[] | undefined;
}

export interface TokenNeeds {
  readonly server: FoundServer;
  readonly client: FoundClient;
  readonly resource: string;
}

type Parameters = Readonly<Record<string, string>>;

export function exchangeCode(
  walk: Walk,
  needs: TokenNeeds,
  { code, verifier, redirectUri }: Grant,
): Promise<Tokens> {
  return requestTokens(walk, needs, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
}

export function askAsClient(walk: Walk, needs: TokenNeeds, scopes: readonly string[]): Promise<Tokens> {
  return requestTokens(walk, needs, {
    grant_type: 'client_credentials',
    ...(scopes.length === 0 ? undefined : { scope: scopes.join(' ') }),
  });
}

/** One request to the token endpoint, with the resource as MCP clients send it (RFC 8707 §2.2). */
export async function requestTokens(
  walk: Walk,
  { server, client, resource }: TokenNeeds,
  parameters: Parameters,
): Promise<Tokens> {
  const answer = await ask(walk, server, client, { ...parameters, resource });
  if (answer.status !== 200) throw explain(answer);
  return readTokens(walk, server, answer);
}

async function ask(
  { line, options }: Walk,
  { tokenEndpoint: url, authMethods }: FoundServer,
  client: FoundClient,
  parameters: Parameters,
): Promise<Answer> {
  const credentials = identify(client, authMethods);
  for (const secret of [client.secret, credentials.pair]) {
    if (secret !== undefined) line.conceal(secret, url.origin);
  }
  try {
    return await line.ask({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        ...(options.origin === undefined ? undefined : { origin: options.origin }),
        ...credentials.headers,
      },
      body: new URLSearchParams({ ...parameters, ...credentials.parameters }).toString(),
    });
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    throw new Broken({ problem: 'token-unreachable', why: error.message, exchange: error.exchange });
  }
}

/** RFC 6749 §2.3.1: id and secret are form-encoded before Basic. */
function identify(
  { id, secret }: FoundClient,
  authMethods: readonly string[],
): { readonly headers?: Parameters; readonly parameters?: Parameters; readonly pair?: string } {
  if (secret === undefined) return { parameters: { client_id: id } };
  if (!authMethods.includes('client_secret_basic') && authMethods.includes('client_secret_post')) {
    return { parameters: { client_id: id, client_secret: secret } };
  }
  const encode = (value: string): string => new URLSearchParams({ value }).toString().slice('value='.length);
  const pair = Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64');
  return { headers: { authorization: `Basic ${pair}` }, pair };
}

function explain(answer: Answer): Broken {
  const { code, words } = readRefusal(answer);
  const { status, exchange } = answer;
  const problem: ProblemId =
    status >= 300 && (status < 400 || status === 404 || status === 405)
      ? 'token-unreachable'
      : code === 'invalid_target'
        ? 'token-target'
        : code === 'invalid_client' || code === 'unauthorized_client'
          ? 'token-client'
          : 'token-refused';
  return new Broken({ problem, why: words, actual: code === '' ? String(status) : code, exchange });
}

function readTokens(
  { line, target }: Walk,
  { tokenEndpoint }: FoundServer,
  { text, exchange }: Answer,
): Tokens {
  const document = parseObject(text);
  const textOf = (name: string): string | undefined => {
    const value = document?.[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [access, refresh, type] = [textOf('access_token'), textOf('refresh_token'), textOf('token_type')];
  if (access !== undefined) line.conceal(access, target.origin);
  if (refresh !== undefined) line.conceal(refresh, tokenEndpoint.origin);
  const idToken = textOf('id_token');
  if (idToken !== undefined) line.conceal(idToken);
  if (access === undefined || type === undefined || !/^(?:bearer|dpop)$/i.test(type)) {
    const missing = access === undefined ? 'access_token' : 'token_type "Bearer"';
    throw new Broken({ problem: 'token-answer', why: `The answer has no ${missing}.`, exchange });
  }
  const scope = textOf('scope');
  return { access, refresh, scopes: scope === undefined ? undefined : splitScopes(scope) };
}
