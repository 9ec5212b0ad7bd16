const example = 'https://mcp.example.com/mcp';
/** Hosts of this machine, on which http is allowed. */
const loopback = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;
/** Those that the checks of the official SDK for local servers let through. */
const local = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

const placeholder = /[{}<>]|\$\(|\/(?:undefined|null)(?:[/:]|$)/i;
const metadataSegment = /\/\.well-known\/oauth-protected-resource(?=\/|$)/;

/** Whether clients reach the resource on this machine alone. */
export function isLocal(resource) {
  return URL.canParse(resource) && local.test(new URL(resource).hostname);
}

/**
 * What to write instead of a resource identifier that the server would not start with; nothing where it would.
 *
 * @param {string} text as it was typed
 * @returns {string | undefined}
 */
export function correctResource(text) {
  const typed = text.trim();
  const guessed = /^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(guessed) || placeholder.test(typed)) return example;
  const url = new URL(guessed);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return example;
  url.pathname = url.pathname.replace(metadataSegment, '');
  url.username = url.password = url.hash = '';
  if (!loopback.test(url.hostname)) url.protocol = 'https:';
  else if (guessed !== typed) url.protocol = 'http:';
  const right = url.pathname === '/' && url.search === '' && !typed.endsWith('/') ? url.origin : url.href;
  return right === text ? undefined : right;
}
