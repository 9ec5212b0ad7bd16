import { type CallbackServer, startCallbackServer } from './login/callback-server.js';
import { challenge } from './steps/challenge.js';
import { logIn } from './steps/login.js';
import { preflight } from './steps/preflight.js';
import { reach } from './steps/reach.js';
import { forget, type FoundClient, registration } from './steps/registration.js';
import { type FoundResource, resourceMetadata } from './steps/resource-metadata.js';
import { type FoundServer, serverMetadata } from './steps/server-metadata.js';
import { askAsClient, exchangeCode, requestTokens, type Tokens } from './steps/token.js';
import { Broken, Ended } from './trail.js';
import { readBinding } from './steps/binding.js';
import { type Goal, type Learned, useToken, type Way } from './use-token.js';
import type { Walk } from './walk-state.js';

/** Goes as a client goes, step by step, and stops at the first that is broken: the trail of the walk has it then. */
export async function walkAsClient(walk: Walk): Promise<Learned> {
  const learned: Learned = { needsStepUp: false, called: false };
  try {
    const first = await reach(walk);
    await preflight(walk);
    const asked = await challenge(walk, first);
    const resource = await resourceMetadata(walk, asked);
    const server = await serverMetadata(walk, resource);
    learned.server = server;
    const scopes = chooseScopes(walk, server, asked.scopes, resource);
    const binding = readBinding(asked, resource);
    await goIn(walk, { resource: resource.resource, server, scopes, binding }, learned);
  } catch (error) {
    if (!(error instanceof Broken) && !(error instanceof Ended)) throw error;
  }
  return learned;
}

/** MCP 2025-11-25, Scope Selection Strategy; and `offline_access` where there is such a thing, as clients do. */
function chooseScopes(
  { options }: Walk,
  server: FoundServer,
  challenged: readonly string[],
  { scopesSupported }: FoundResource,
): readonly string[] {
  if (options.scope !== undefined) return options.scope.split(' ').filter((name) => name !== '');
  const scopes = challenged.length > 0 ? challenged : scopesSupported;
  const isPerson = options.login.kind === 'browser' || options.login.kind === 'headless';
  return isPerson && server.scopesSupported.includes('offline_access') && !scopes.includes('offline_access')
    ? [...scopes, 'offline_access']
    : scopes;
}

async function goIn(walk: Walk, goal: Goal, learned: Learned): Promise<void> {
  const { trail, options } = walk;
  const { login } = options;
  if (login.kind === 'token') {
    for (const step of ['registration', 'login', 'token'] as const) trail.skip(step, 'a token was given');
    const tokens = { access: login.token, refresh: undefined, scopes: undefined };
    await useToken(walk, goal, { tokens, again: undefined, refresh: undefined }, learned);
    return;
  }
  const callback = await startCallbackServer(options.callbackPort);
  try {
    const { redirectUri } = callback;
    const client = await registration(walk, goal.server, { redirectUri, scopes: goal.scopes });
    learned.client = client;
    try {
      await useToken(walk, goal, await getTokens(walk, goal, client, callback), learned);
    } finally {
      await forget(walk, client);
    }
  } finally {
    await callback.close();
  }
}

async function getTokens(
  walk: Walk,
  goal: Goal,
  client: FoundClient,
  callback: CallbackServer,
): Promise<Way> {
  const { trail, options } = walk;
  const { login } = options;
  const needs = { server: goal.server, client, resource: goal.resource };
  const describe = ({ refresh, scopes }: Tokens): string =>
    `got an access token${refresh === undefined ? '' : ' and a refresh token'}${scopes === undefined ? '' : ` for ${scopes.join(' ')}`}`;
  const refresh = (token: string): Promise<Tokens> =>
    requestTokens(walk, needs, { grant_type: 'refresh_token', refresh_token: token });
  if (login.kind === 'nobody') {
    const why = 'nobody is here to log in: give a token, --client-credentials or --headless to go on';
    trail.skip('login', why);
    throw new Ended(why);
  }
  if (login.kind !== 'browser' && login.kind !== 'headless') {
    trail.skip('login', 'the client asks for itself');
    const ask = (scopes: readonly string[]): Promise<Tokens> => askAsClient(walk, needs, scopes);
    const tokens = await trail.step('token', () => ask(goal.scopes), describe);
    return { tokens, again: ask, refresh };
  }
  const enter = (scopes: readonly string[]) => logIn(walk, login, { ...needs, callback, scopes });
  const grant = await trail.step(
    'login',
    () => enter(goal.scopes),
    () => 'came back with a code, and state and issuer are right',
  );
  const tokens = await trail.step('token', () => exchangeCode(walk, needs, grant), describe);
  if (tokens.refresh === undefined) {
    trail.note({
      problem: 'no-refresh-token',
      why: 'The answer of the token endpoint has no refresh_token.',
    });
  }
  return { tokens, again: async (scopes) => exchangeCode(walk, needs, await enter(scopes)), refresh };
}
