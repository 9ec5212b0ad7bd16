import { escapeHtml, renderPage, shorten } from '../http/html.js';
import type { ShownScope } from './scopes.js';

/** What the page tells the user. */
export interface ConsentRequest {
  readonly action: string;
  /** Proves that the form came from this page. */
  readonly csrf: string;
  readonly users: readonly string[];
  /** Who is logged in already. They may go on as somebody else. */
  readonly accountId: string | undefined;
  readonly client: string;
  readonly clientId: string;
  /** Where the client waits for the answer. */
  readonly redirectUri: string;
  readonly resource: string;
  readonly scopes: readonly ShownScope[];
  /** Whether the login has to count as one with a second factor. */
  readonly withSecondFactor: boolean;
}

/** One page for login and consent: pick a user, take scopes away, allow or deny. */
export function renderConsentPage(request: ConsentRequest): string {
  const { action, csrf, client, clientId, redirectUri, resource, withSecondFactor } = request;
  const what = resource === '' ? 'this server' : resource;
  return renderPage(
    'Allow access?',
    `<p><strong>${escapeHtml(shorten(client, 100))}</strong> wants to use <strong>${escapeHtml(what)}</strong> for you.</p>
<p>Anybody can choose that name. Whatever you answer is sent to <strong>${escapeHtml(describeTarget(redirectUri))}</strong>.</p>
${withSecondFactor ? '<p>A second factor is asked for. This page stands for one.</p>\n' : ''}<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="csrf" value="${escapeHtml(csrf)}">
<fieldset>
<legend>Go on as</legend>
${renderUsers(request)}
</fieldset>
<fieldset>
<legend>It may</legend>
${request.scopes.map(renderScope).join('\n')}
</fieldset>
<p>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny" formnovalidate>Deny</button>
</p>
</form>
<p class="quiet">Client: <code>${escapeHtml(shorten(clientId, 300))}</code></p>`,
  );
}

function renderUsers({ users, accountId }: ConsentRequest): string {
  const chosen = accountId !== undefined && users.includes(accountId) ? accountId : users[0];
  return users
    .map((name) => {
      const more = name === chosen ? ' checked' : '';
      return `<label><input type="radio" name="account" value="${escapeHtml(name)}"${more}> ${escapeHtml(name)}</label>`;
    })
    .join('\n');
}

function renderScope({ name, description, users }: ShownScope): string {
  const shown = `<code>${escapeHtml(name)}</code>`;
  const text = description === undefined ? shown : `${escapeHtml(description)} (${shown})`;
  const only = users === undefined ? '' : `. Only ${escapeHtml(users.join(', '))} can allow this`;
  return `<label><input type="checkbox" name="scope" value="${escapeHtml(name)}" checked> ${text}${only}</label>`;
}

/** The address as it is opened: a host name in other letters in its ASCII form, which looks like no other. */
function describeTarget(redirectUri: string): string {
  return URL.canParse(redirectUri) ? shorten(new URL(redirectUri).href, 300) : redirectUri;
}
