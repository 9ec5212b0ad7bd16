/** What the page tells the user. */
export interface ConsentRequest {
  readonly action: string;
  /** Who is logged in already. */
  readonly accountId: string | undefined;
  readonly client: string;
  readonly resource: string;
  readonly scopes: readonly string[];
}

/** One page for login and consent. */
export function renderConsentPage({ action, accountId, client, resource, scopes }: ConsentRequest): string {
  const who =
    accountId === undefined
      ? '<p><label>Your name: <input name="account" value="alice" required pattern="[a-z]{1,32}" autocomplete="username"></label></p>'
      : `<p>You are logged in as ${escapeHtml(accountId)}.</p>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Allow access?</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem }</style>
<h1>Allow access?</h1>
<p><strong>${escapeHtml(client)}</strong> wants to use <strong>${escapeHtml(resource)}</strong> for you.</p>
<ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>
<form method="post" action="${escapeHtml(action)}">
${who}
<p><button>Allow</button></p>
</form>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
