import { administrator } from './accounts.js';
import { describeScope } from './scope-words.js';

/** What the page tells the user. */
export interface ConsentRequest {
  readonly action: string;
  /** Who is logged in already. They may go on as somebody else. */
  readonly accountId: string | undefined;
  readonly client: string;
  /** Where the client waits for the answer. */
  readonly redirectUri: string;
  readonly resource: string;
  readonly scopes: readonly string[];
  /** Whether the login has to count as one with a second factor. */
  readonly withSecondFactor: boolean;
}

/** The page loads nothing, and no other page can put it into a frame to have its button pressed. */
export const consentPageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** One page for login and consent. */
export function renderConsentPage(request: ConsentRequest): string {
  const { action, accountId, client, redirectUri, resource, scopes, withSecondFactor } = request;
  const what = resource === '' ? 'this server' : resource;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Allow access?</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem }</style>
<h1>Allow access?</h1>
<p><strong>${escapeHtml(client)}</strong> wants to use <strong>${escapeHtml(what)}</strong> for you. It asks to:</p>
<ul>
${scopes.map(renderScope).join('\n')}
</ul>
<p>Anybody can choose that name. Whatever you answer is sent to <strong>${escapeHtml(redirectUri)}</strong>.</p>
${withSecondFactor ? '<p>A second factor is asked for. This page stands for one.</p>\n' : ''}<form method="post" action="${escapeHtml(action)}">
<p><label>Your name: <input name="account" value="${escapeHtml(accountId ?? 'alice')}" required pattern="[a-z]{1,32}" autocomplete="username"></label></p>
<p>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny" formnovalidate>Deny</button>
</p>
</form>
</html>
`;
}

function renderScope(scope: string): string {
  const { words, administrative } = describeScope(scope);
  const name = `<code>${escapeHtml(scope)}</code>`;
  const text = words === undefined ? name : `${escapeHtml(words)} (${name})`;
  return `<li>${text}${administrative ? `. Only ${escapeHtml(administrator)} can allow this` : ''}</li>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
