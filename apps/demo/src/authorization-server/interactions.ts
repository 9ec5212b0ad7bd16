import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type Provider from 'oidc-provider';
import { grantableScopes, nameAlone, secondFactor } from './accounts.js';
import { consentPageHeaders, renderConsentPage } from './consent-page.js';

const path = '/interaction/';

/** Where the authorization endpoint sends the user for login and consent. */
export function interactionUrl(uid: string): string {
  return `${path}${uid}`;
}

export function isInteraction(request: IncomingMessage): boolean {
  return request.url?.startsWith(path) ?? false;
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** Shows the page; once it comes back, logs the user in and grants what they may grant, or tells the client that they said no. */
export async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  const interaction = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    const page = await describe(provider, interaction);
    response.writeHead(200, consentPageHeaders).end(renderConsentPage(page));
    return;
  }

  const form = new URLSearchParams(await text(request));
  const finish = (result: Parameters<Provider['interactionFinished']>[2]): Promise<void> =>
    provider.interactionFinished(request, response, result);
  switch (form.get('decision')) {
    case 'allow':
      break;
    case 'deny':
      return finish({ error: 'access_denied', error_description: 'The user denied the request.' });
    default: {
      refuse(response, 'The form says neither decision=allow nor decision=deny.');
      return;
    }
  }
  const accountId = form.get('account') ?? interaction.session?.accountId ?? '';
  if (!/^[a-z]{1,32}$/.test(accountId)) {
    refuse(response, 'A name has 1 to 32 letters from a to z.');
    return;
  }
  await finish({
    login: { accountId, acr: wantsSecondFactor(interaction) ? secondFactor : nameAlone },
    consent: { grantId: await grant(provider, accountId, interaction) },
  });
}

/** OpenID Connect Core §3.1.2.1: the preferred value comes first. */
function wantsSecondFactor({ params }: Interaction): boolean {
  const { acr_values: values } = params;
  return typeof values === 'string' && values.split(' ')[0] === secondFactor;
}

function refuse(response: ServerResponse, sentence: string): void {
  response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}

async function describe(provider: Provider, interaction: Interaction) {
  const { uid, params, session } = interaction;
  const { clientId, redirectUri, resource, scopes } = readRequest(params);
  const client = await provider.Client.find(clientId);
  return {
    action: interactionUrl(uid),
    accountId: session?.accountId,
    client: client?.clientName ?? clientId,
    redirectUri,
    resource,
    scopes,
    withSecondFactor: wantsSecondFactor(interaction),
  };
}

async function grant(provider: Provider, accountId: string, { params }: Interaction): Promise<string> {
  const { clientId, resource, scopes } = readRequest(params);
  const given = new provider.Grant({ accountId, clientId });
  const granted = grantableScopes(accountId, scopes);
  given.addOIDCScope(granted.join(' '));
  if (resource !== '') given.addResourceScope(resource, granted.join(' '));
  given.rejectResourceScope(resource, scopes.filter((scope) => !granted.includes(scope)).join(' '));
  return given.save();
}

function readRequest(params: Interaction['params']) {
  const read = (name: string): string => (typeof params[name] === 'string' ? params[name] : '');
  return {
    clientId: read('client_id'),
    redirectUri: read('redirect_uri'),
    resource: read('resource'),
    scopes: read('scope').split(' ').filter(Boolean),
  };
}
