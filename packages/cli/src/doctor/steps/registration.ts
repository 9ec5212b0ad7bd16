import type { Answer } from '../line.js';
import { DoorError } from '../line.js';
import type { ProblemId } from '../problems/problems.js';
import { Broken, Ended } from '../trail.js';
import type { Walk } from '../walk-state.js';
import { parseUrl } from '../words/addresses.js';
import { parseObject } from '../words/mcp-messages.js';
import { readRefusal } from '../words/oauth-answer.js';
import type { FoundServer } from './server-metadata.js';

/** Who the walk is at the authorization server. */
export interface FoundClient {
  readonly id: string;
  readonly secret: string | undefined;
  readonly by: 'given' | 'document' | 'registration';
  /** What it may be removed with again (RFC 7592). */
  readonly management?: { readonly url: URL; readonly token: string };
}

export interface RegistrationNeeds {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

/** How a client gets its id, in the order of MCP: one it was given, a document, registration. */
export function registration(
  walk: Walk,
  server: FoundServer,
  needs: RegistrationNeeds,
): Promise<FoundClient> {
  return walk.trail.step('registration', async () => getClient(walk, server, needs), describe);
}

function describe({ by, id }: FoundClient): string {
  switch (by) {
    case 'given':
      return 'not needed: a client id was given';
    case 'document':
      return `not needed: the client is described at ${id}`;
    case 'registration':
      return 'registered as clients do, with authorization_code and refresh_token and a callback on loopback';
  }
}

function getClient(
  walk: Walk,
  server: FoundServer,
  needs: RegistrationNeeds,
): Promise<FoundClient> | FoundClient {
  const { clientId, clientSecret, clientDocument } = walk.options;
  if (clientId !== undefined) return { id: clientId, secret: clientSecret, by: 'given' };
  if (clientDocument !== undefined && server.takesDocuments) {
    return { id: clientDocument, secret: undefined, by: 'document' };
  }
  const { registrationEndpoint: url } = server;
  if (url !== undefined) return register(walk, url, { ...needs, server });
  if (server.takesDocuments) {
    throw new Ended(
      'The authorization server takes client id metadata documents only: name one with --client-document to go on.',
    );
  }
  throw new Broken({
    problem: 'no-registration',
    why: `${server.issuer} has no registration_endpoint and does not take client id metadata documents.`,
  });
}

type Attempt = RegistrationNeeds & { readonly server: FoundServer };

async function register(walk: Walk, url: URL, attempt: Attempt): Promise<FoundClient> {
  const metadata = clientMetadata(walk, attempt);
  const answer = await send(walk, url, metadata);
  if (answer.status >= 200 && answer.status < 300) return readClient(walk, url, answer);
  throw await explain(walk, url, metadata, answer);
}

type ClientMetadata = Readonly<Record<string, unknown>>;

/** What the official clients of this revision send; the callback is where this walk listens. */
function clientMetadata({ options }: Walk, { redirectUri, scopes }: RegistrationNeeds): ClientMetadata {
  return {
    client_name: 'mcp-auth doctor',
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    // MCP 2026-07-28, Dynamic Client Registration: a fitting application_type. Before, clients had none
    ...(options.revision === '2026-07-28' ? { application_type: 'native' } : undefined),
    ...(scopes.length === 0 ? undefined : { scope: scopes.join(' ') }),
  };
}

async function send({ line, options }: Walk, url: URL, metadata: ClientMetadata): Promise<Answer> {
  try {
    return await line.ask({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(options.origin === undefined ? undefined : { origin: options.origin }),
      },
      body: JSON.stringify(metadata),
    });
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    throw new Broken({ problem: 'registration-unreachable', why: error.message, exchange: error.exchange });
  }
}

/**
 * Why a registration was refused. Where the answer does not say, the same is sent once more without one thing: what is accepted then,
 * names it.
 */
async function explain(walk: Walk, url: URL, metadata: ClientMetadata, answer: Answer): Promise<Broken> {
  const { words, description, code } = readRefusal(answer);
  const { status, exchange } = answer;
  const broken = (problem: ProblemId, why = words): Broken => new Broken({ problem, why, exchange });
  if (status >= 300 && status < 400) {
    return broken('registration-not-anonymous', `It answered ${status} and leads to a login.`);
  }
  if (status === 404 || status === 405 || status >= 500) return broken('registration-unreachable');
  if (status === 403 && /origin/i.test(`${code} ${description} ${answer.text.slice(0, 200)}`)) {
    return broken('registration-origin');
  }
  if (/client scope|allowed.*scope|\bscopes?\b/i.test(description) || code === 'invalid_scope') {
    return broken('registration-scope');
  }
  if (/trusted hosts|host not trusted/i.test(description)) return broken('registration-not-anonymous');
  if (status === 401 || status === 403) return broken('registration-not-anonymous');
  if (code === 'invalid_redirect_uri' || /redirect/i.test(description))
    return broken('registration-callback');
  if (/grant/i.test(description)) {
    const { outcome } = await retry(walk, url, { ...metadata, grant_types: ['authorization_code'] });
    return outcome === 'accepted'
      ? broken('registration-refresh-token', `${words} Without refresh_token it is accepted.`)
      : broken('registration-refused');
  }
  return broken('registration-refused');
}

async function retry(
  walk: Walk,
  url: URL,
  metadata: ClientMetadata,
): Promise<{ readonly outcome: 'accepted' | 'refused' }> {
  const answer = await send(walk, url, metadata);
  if (answer.status < 200 || answer.status > 299) return { outcome: 'refused' };
  await forget(walk, readClient(walk, url, answer));
  return { outcome: 'accepted' };
}

function readClient({ line }: Walk, endpoint: URL, { text, exchange, status }: Answer): FoundClient {
  const document = parseObject(text);
  const id = document?.['client_id'];
  if (typeof id !== 'string' || id === '') {
    throw new Broken({
      problem: 'registration-answer',
      why: `It answered ${status} without a client_id.`,
      exchange,
    });
  }
  const secret = document?.['client_secret'];
  const token = document?.['registration_access_token'];
  const url = parseUrl(document?.['registration_client_uri']);
  if (typeof secret === 'string') line.conceal(secret, endpoint.origin);
  if (typeof token === 'string') line.conceal(token, endpoint.origin);
  const canManage = typeof token === 'string' && url?.origin === endpoint.origin;
  return {
    id,
    secret: typeof secret === 'string' ? secret : undefined,
    by: 'registration',
    ...(canManage ? { management: { url, token } } : undefined),
  };
}

/** Leaves no registration behind where the authorization server lets it be removed. Whether that worked does not matter here. */
export async function forget({ line }: Walk, { management }: FoundClient): Promise<void> {
  if (management === undefined) return;
  const { url, token } = management;
  try {
    await line.ask({ method: 'DELETE', url, headers: { authorization: `Bearer ${token}` } });
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
  }
}
