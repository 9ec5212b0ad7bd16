/** Text without characters that would hide or turn round what stands next to them, or tell a terminal what to do. */
export function showControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => (character === '\n' ? '\n' : '\uFFFD'));
}

/** Text as text of a page: markup is shown. */
export function escapeHtml(text: string): string {
  return showControls(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A text of somebody else, which may be as long as they like. */
export function shorten(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

export const stylesheetPath = '/style.css';

/**
 * Pages load their own stylesheet and nothing else, run no script, and no other page can put them into a frame to have a button pressed.
 * `same-origin`: without a referrer, browsers would send `Origin: null` with the form (Fetch, append a request Origin header).
 * `form-action` is left out: browsers apply it to each redirect behind a form, and where a client goes on to is not known here.
 */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** @param body - markup */
export function renderPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${stylesheetPath}">
<main>
<h1>${escapeHtml(title)}</h1>
${body}
<p class="note">A practice issuer on this machine. It asks for no password: what it lets in is nothing to rely on.</p>
</main>
</html>
`;
}

export const stylesheet = `:root { color-scheme: light dark; --page: #ffffff; --text: #1a1a1a; --line: #767676; --quiet: #595959; --back: #f3f3f3; --accent: #0b57d0 }
@media (prefers-color-scheme: dark) { :root { --page: #161616; --text: #ececec; --line: #8a8a8a; --quiet: #b4b4b4; --back: #242424; --accent: #a8c7fa } }
body { background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; margin: 0; padding: 1rem }
main { max-width: 44rem; margin: 1rem auto; overflow-wrap: anywhere }
h1 { font-size: 1.5rem }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace }
pre { background: var(--back); padding: 0.75rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere }
fieldset { border: 1px solid var(--line); margin: 1rem 0; min-width: 0 }
label { display: block; padding: 0.25rem 0 }
button { font: inherit; padding: 0.375rem 1.25rem; margin-right: 0.5rem }
summary { padding: 0.375rem 0; cursor: pointer }
details { border-bottom: 1px solid var(--line) }
a { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.note, .quiet { color: var(--quiet); font-size: 0.875rem }
`;
