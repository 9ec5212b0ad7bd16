import type { RequestHead } from '../http/request-head.js';

/** Shorter pieces turn up by chance. */
const pieceLength = 16;
/** A piece of 16 holds a whole block of eight that begins at a multiple of eight. */
const blockLength = 8;
/** What has more blocks in common than a name has by chance is taken for a piece: a client must not choose how long to look. */
const maxMatches = 200;

const hidden = '(a part of the token)';
const hiddenOther = '(a token)';

/**
 * Takes out of events what a client writes where a name belongs, and what is its own token or a piece of it: a URI with
 * `access_token` in it, a request identifier made of the token. What has the form of a token, or stands where a URI holds one, may be
 * somebody else's.
 */
export class OwnToken {
  readonly #headers: readonly string[];

  /** @param tokenHeader - the header that holds the token instead of Authorization */
  constructor(tokenHeader: string | undefined) {
    const lower = tokenHeader?.toLowerCase();
    this.#headers = ['authorization', 'dpop', ...(lower === undefined ? [] : [lower])];
  }

  /** Whether the text shares sixteen characters with the credentials of the request. */
  isIn(text: string, head: RequestHead): boolean {
    return this.#headers.some((name) => isPartOf(text, head.header(name)));
  }

  /** The text, or that it was left out for it is a part of the token. */
  hidePart(text: string, head: RequestHead): string {
    return this.isIn(text, head) ? hidden : text;
  }

  /**
   * The text, or that it was left out.
   *
   * @param limit - characters that are shown; no others are looked at
   */
  hide(text: string, head: RequestHead | undefined, limit = defaultLimit): string {
    // One more, for whoever cuts to tell that there was more
    const shown = text.length > limit ? text.slice(0, limit + 1) : text;
    if (shown.length < pieceLength) return shown;
    if (head !== undefined && this.isIn(shown, head)) return hidden;
    return tokenForms.some((form) => form.test(shown)) ? hiddenOther : shown;
  }
}

const defaultLimit = 500;

/** RFC 7515 §3.1: a header that begins with `{"`, and what follows. RFC 6750 §2.3, and what APIs call their keys. */
const tokenForms = [
  /eyJ[\w-]{10,}\.[\w-]{6,}/,
  /[?&#;](?:access_token|id_token|refresh_token|client_secret|api_?key|token|secret|password)=[^&#]/i,
];

/** Whether a text shares sixteen characters with credentials, as it stands or decoded. */
export function isPartOf(text: string, credentials: string | undefined): boolean {
  if (credentials === undefined || text.length < pieceLength) return false;
  return sharePiece(text, credentials) || (text.includes('%') && sharePiece(decode(text), credentials));
}

/** The text, or that it was left out for it is a part of the token. */
export function hidePartOf(text: string, token: string | undefined): string {
  return isPartOf(text, token) ? hidden : text;
}

function decode(text: string): string {
  return text.replaceAll(/%[2-7][\da-f]/gi, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
}

function sharePiece(text: string, credentials: string): boolean {
  let matches = 0;
  for (let start = 0; start + blockLength <= text.length; start += blockLength) {
    const block = text.slice(start, start + blockLength);
    for (let at = credentials.indexOf(block); at !== -1; at = credentials.indexOf(block, at + 1)) {
      if (++matches > maxMatches || countShared(text, start, credentials, at) >= pieceLength) return true;
    }
  }
  return false;
}

/** Characters that both have in common around a block, as far as they matter. */
function countShared(text: string, start: number, credentials: string, at: number): number {
  let before = 0;
  while (before < blockLength && isSame(text, start - before - 1, credentials, at - before - 1)) before++;
  let after = blockLength;
  while (after < pieceLength && isSame(text, start + after, credentials, at + after)) after++;
  return before + after;
}

function isSame(text: string, index: number, other: string, otherIndex: number): boolean {
  return (
    index >= 0 && otherIndex >= 0 && index < text.length && text.charAt(index) === other.charAt(otherIndex)
  );
}
