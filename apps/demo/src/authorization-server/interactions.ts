import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type Provider from 'oidc-provider';
import { grantableScopes } from './accounts.js';
import { renderConsentPage } from './consent-page.js';

const path = '/interaction/';

/** Where the authorization endpoint sends the user for login and consent. */
export function interactionUrl(uid: string): string {
  return `${path}${uid}`;
}

export function isInteraction(request: IncomingMessage): boolean {
  return request.url?.startsWith(path) ?? false;
}

/** Shows the page; once it comes back, logs the user in and grants what they may grant. */
export async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  const { uid, params, session } = await provider.interactionDetails(request, response);
  const clientId = String(params['client_id']);
  const resource = typeof params['resource'] === 'string' ? params['resource'] : '';
  const scopes = typeof params['scope'] === 'string' ? params['scope'].split(' ') : [];

  if (request.method !== 'POST') {
    const client = await provider.Client.find(clientId);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Cache-Control', 'no-store');
    const page = {
      action: interactionUrl(uid),
      accountId: session?.accountId,
      client: client?.clientName ?? clientId,
      resource,
      scopes,
    };
    response.end(renderConsentPage(page));
    return;
  }

  const form = new URLSearchParams(await text(request));
  const accountId = session?.accountId ?? form.get('account') ?? '';
  if (!/^[a-z]{1,32}$/.test(accountId)) {
    response.statusCode = 400;
    response.end('A name has 1 to 32 letters from a to z.');
    return;
  }
  const grant = new provider.Grant({ accountId, clientId });
  const granted = grantableScopes(accountId, scopes).join(' ');
  grant.addOIDCScope(granted);
  if (resource !== '') grant.addResourceScope(resource, granted);
  grant.rejectResourceScope(
    resource,
    scopes.filter((scope) => !granted.split(' ').includes(scope)).join(' '),
  );
  const result = { login: { accountId }, consent: { grantId: await grant.save() } };
  await provider.interactionFinished(request, response, result);
}
