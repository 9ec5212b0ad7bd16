import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { pageHeaders } from '../http/html.js';
import { splitScopes } from '../provider/resources.js';
import { renderConsentPage, type ConsentRequest } from './consent-page.js';
import type { Scopes } from './scopes.js';

const path = '/interaction/';

/** How a user may log in (RFC 9470): with a name alone, or with a second factor, which here is a page that says so. */
export const nameAlone = 'urn:example:name';
export const secondFactor = 'urn:example:second-factor';

/** Where the authorization endpoint sends the user for login and consent. */
export function interactionUrl(uid: string): string {
  return `${path}${uid}`;
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;
type Result = Parameters<Provider['interactionFinished']>[2];

export interface InteractionOptions {
  readonly provider: Provider;
  readonly users: readonly string[];
  readonly scopes: Scopes;
}

/** Shows the page; once it comes back, logs the user in and grants what they allow, or tells the client that they said no. */
export type Interact = (request: IncomingMessage, response: ServerResponse, body: string) => Promise<void>;

export function createInteractions({ provider, users, scopes }: InteractionOptions): Interact {
  const secret = randomBytes(32);
  const sign = (uid: string): string => createHmac('sha256', secret).update(uid).digest('base64url');

  return async (request, response, body) => {
    const interaction = await provider.interactionDetails(request, response);
    const csrf = sign(interaction.uid);
    if (request.method !== 'POST') {
      const page = await describe(provider, interaction);
      const shown = page.scopes.map((scope) => scopes.describe(scope));
      response.writeHead(200, pageHeaders).end(renderConsentPage({ ...page, csrf, users, scopes: shown }));
      return;
    }

    const form = new URLSearchParams(body);
    if (!isSame(form.get('csrf') ?? '', csrf)) {
      refuse(response, 403, 'The form does not come from the page. Open it again, and press the button there.');
      return;
    }
    const finish = (result: Result): Promise<void> => provider.interactionFinished(request, response, result);
    switch (form.get('decision')) {
      case 'allow':
        break;
      case 'deny':
        return finish(denied('The user denied the request.'));
      default: {
        refuse(response, 400, 'The form says neither decision=allow nor decision=deny.');
        return;
      }
    }
    const accountId = form.get('account') ?? '';
    if (!users.includes(accountId)) {
      refuse(response, 400, 'The form names none of the users of this issuer.');
      return;
    }
    const allowed = new Set(form.getAll('scope').filter((scope) => scopes.mayGrant(accountId, scope)));
    const asked = readRequest(interaction.params).scopes;
    if (asked.length > 0 && !asked.some((scope) => allowed.has(scope)))
      return finish(denied('The user granted none of the scopes.'));
    await finish({
      login: { accountId, acr: wantsSecondFactor(interaction) ? secondFactor : nameAlone },
      consent: { grantId: await grant(provider, accountId, interaction, allowed) },
    });
  };
}

function denied(description: string): Result {
  return { error: 'access_denied', error_description: description };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** OpenID Connect Core §3.1.2.1: the preferred value comes first. */
function wantsSecondFactor({ params }: Interaction): boolean {
  const { acr_values: values } = params;
  return typeof values === 'string' && values.split(' ')[0] === secondFactor;
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}

type Described = Omit<ConsentRequest, 'csrf' | 'users' | 'scopes'> & { readonly scopes: readonly string[] };

async function describe(provider: Provider, interaction: Interaction): Promise<Described> {
  const { uid, params, session } = interaction;
  const { clientId, redirectUri, resources, scopes } = readRequest(params);
  const client = await provider.Client.find(clientId);
  return {
    action: interactionUrl(uid),
    accountId: session?.accountId,
    client: client?.clientName ?? clientId,
    clientId,
    redirectUri,
    resource: resources.join(' and '),
    scopes,
    withSecondFactor: wantsSecondFactor(interaction),
  };
}

async function grant(
  provider: Provider,
  accountId: string,
  { params }: Interaction,
  allowed: ReadonlySet<string>,
): Promise<string> {
  const { clientId, resources, scopes } = readRequest(params);
  const given = new provider.Grant({ accountId, clientId });
  const granted = scopes.filter((scope) => allowed.has(scope)).join(' ');
  const rejected = scopes.filter((scope) => !allowed.has(scope)).join(' ');
  given.addOIDCScope(granted);
  given.rejectOIDCScope(rejected);
  for (const resource of resources) {
    given.addResourceScope(resource, granted);
    given.rejectResourceScope(resource, rejected);
  }
  return given.save();
}

function readRequest(params: Interaction['params']) {
  const read = (name: string): string => (typeof params[name] === 'string' ? params[name] : '');
  return {
    clientId: read('client_id'),
    redirectUri: read('redirect_uri'),
    // RFC 8707 §2: there may be several
    resources: [params['resource']].flat().filter((value) => typeof value === 'string'),
    scopes: splitScopes(params['scope']),
  };
}
