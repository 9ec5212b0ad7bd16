import type { RequestHead } from '../http/request-head.js';

/** Shorter pieces turn up by chance. */
const pieceLength = 16;
/** A piece of 16 holds a whole block of eight that begins at a multiple of eight. */
const blockLength = 8;

const hidden = '(a part of the token)';

/**
 * Takes out of events what a client writes where a name belongs, and what is its own token or a piece of it: a URI with
 * `access_token` in it, a request identifier made of the token.
 */
export class OwnToken {
  readonly #headers: readonly string[];

  /** @param tokenHeader - the header that holds the token instead of Authorization */
  constructor(tokenHeader: string | undefined) {
    const lower = tokenHeader?.toLowerCase();
    this.#headers = ['authorization', ...(lower === undefined ? [] : [lower])];
  }

  /** Whether the text shares sixteen characters with the credentials of the request. */
  isIn(text: string, head: RequestHead): boolean {
    return text.length >= pieceLength && this.#headers.some((name) => sharePiece(text, head.header(name)));
  }

  /** The text, or that it was left out. */
  hide(text: string, head: RequestHead | undefined): string {
    return head !== undefined && this.isIn(text, head) ? hidden : text;
  }
}

function sharePiece(text: string, credentials: string | undefined): boolean {
  if (credentials === undefined) return false;
  for (let start = 0; start + blockLength <= text.length; start += blockLength) {
    const block = text.slice(start, start + blockLength);
    for (let at = credentials.indexOf(block); at !== -1; at = credentials.indexOf(block, at + 1)) {
      if (countShared(text, start, credentials, at) >= pieceLength) return true;
    }
  }
  return false;
}

/** Characters that both have in common around a block. */
function countShared(text: string, start: number, credentials: string, at: number): number {
  let before = 0;
  while (before < start && before < at && text[start - before - 1] === credentials[at - before - 1]) before++;
  let after = blockLength;
  while (start + after < text.length && text[start + after] === credentials[at + after]) after++;
  return before + after;
}
