import { isOnThisMachine, parseUrl } from '../http/loopback.js';

const maxUris = 20;
const maxUriLength = 1000;

/** Schemes that a browser opens itself, and runs, reads or shows what they name. Others belong to an app. */
const notOfApps =
  /^(?:about|blob|chrome|chrome-extension|data|devtools|feed|file|filesystem|ftp|intent|javascript|mailto|moz-extension|ms-[a-z-]+|search-ms|tel|sms|urn|vbscript|view-source|wss?):$/;

/** What speaks against the metadata of a client, however it comes: by registration, or as a document at its id. */
export function checkClient(metadata: Readonly<Record<string, unknown>>): string | undefined {
  const { redirect_uris: uris = [], client_name: name } = metadata;
  if (!Array.isArray(uris)) return undefined;
  if (uris.length > maxUris) return `redirect_uris must be at most ${maxUris}`;
  if (typeof name === 'string' && name.length > 200) return 'client_name must have at most 200 characters';
  return uris.map(checkRedirectUri).find((problem) => problem !== undefined);
}

/** Where codes may be sent: to this machine, to the web with TLS, or to an app by a scheme of its own (RFC 8252 §7). */
function checkRedirectUri(given: unknown): string | undefined {
  if (typeof given !== 'string') return 'redirect_uris must only contain strings';
  const url = given.length > maxUriLength ? undefined : parseUrl(given);
  // Parsers differ about these: what is shown and what is opened could be two things
  if (url === undefined || /[\x00-\x20\\\x7f]/.test(given))
    return `redirect_uris must be URLs of at most ${maxUriLength} characters, without spaces and backslashes`;
  if (url.username !== '' || url.password !== '') return 'redirect_uris must not contain a user name';
  switch (url.protocol) {
    case 'https:':
      return undefined;
    case 'http:':
      return isOnThisMachine(url)
        ? undefined
        : 'redirect_uris that begin with http: must be on this machine; use https: for another one';
    default:
      return notOfApps.test(url.protocol)
        ? `redirect_uris must not begin with ${url.protocol}, which no app can have for its own`
        : undefined;
  }
}
