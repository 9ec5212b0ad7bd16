import type { Answer } from '../line.js';
import { DoorError } from '../line.js';
import type { Walk } from '../walk-state.js';
import { parseObject } from './mcp-messages.js';

export type DocumentFinding =
  | { readonly kind: 'found'; readonly document: Readonly<Record<string, unknown>> }
  | { readonly kind: 'missing' }
  /** It asks for a token. */
  | { readonly kind: 'protected' }
  | { readonly kind: 'redirected' }
  /** 200, and no JSON object. */
  | { readonly kind: 'unreadable' }
  /** The server failed. */
  | { readonly kind: 'faulty' };

/** What is at one address. */
export type Looked = { readonly url: URL } & (
  | (DocumentFinding & { readonly answer: Answer })
  | { readonly kind: 'failed'; readonly failure: DoorError }
);

/** Asks for a document as a client does, without a token. */
export async function fetchDocument({ line, options }: Walk, url: URL): Promise<Looked> {
  try {
    const headers = {
      accept: 'application/json',
      ...(options.origin === undefined ? undefined : { origin: options.origin }),
    };
    const answer = await line.ask({ method: 'GET', url, headers });
    return { url, answer, ...readDocument(answer) };
  } catch (failure) {
    if (!(failure instanceof DoorError)) throw failure;
    return { url, kind: 'failed', failure };
  }
}

function readDocument({ status, text }: Answer): DocumentFinding {
  if (status === 401 || status === 403) return { kind: 'protected' };
  if (status >= 300 && status < 400) return { kind: 'redirected' };
  if (status >= 500) return { kind: 'faulty' };
  if (status !== 200) return { kind: 'missing' };
  const document = parseObject(text);
  return document === undefined ? { kind: 'unreadable' } : { kind: 'found', document };
}

/** What was seen at some addresses, for a sentence. */
export function describeLooks(looks: readonly Looked[]): string {
  return looks.map((look) => `${look.url.href}: ${describeLook(look)}`).join('; ');
}

function describeLook(look: Looked): string {
  switch (look.kind) {
    case 'failed':
      return look.failure.message;
    case 'found':
      return 'found';
    case 'unreadable':
      return `${look.answer.status}, not JSON`;
    case 'missing':
    case 'protected':
    case 'redirected':
    case 'faulty':
      return String(look.answer.status);
  }
}

export function exchangeOf(look: Looked | undefined) {
  return look === undefined
    ? undefined
    : look.kind === 'failed'
      ? look.failure.exchange
      : look.answer.exchange;
}
