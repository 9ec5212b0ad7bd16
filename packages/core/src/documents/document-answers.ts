import type { Answer, HeaderList } from '../http/answer.js';

/** Public documents: any origin may read them (RFC 9728 §3, RFC 9110 on caching; browsers need the preflight). */
const cors: HeaderList = [['Access-Control-Allow-Origin', '*']];

/** The answer that holds a document. */
export function answerDocument(document: string): Answer {
  const headers: HeaderList = [
    ...cors,
    ['Content-Type', 'application/json'],
    ['Cache-Control', 'public, max-age=3600'],
    ['X-Content-Type-Options', 'nosniff'],
  ];
  return { status: 200, headers, body: document };
}

/** RFC 9110 §15.6.4: the document comes from a server that cannot be reached. */
export function answerUnavailable(retryAfterSeconds: number): Answer {
  const headers: HeaderList = [
    ...cors,
    ['Content-Type', 'application/json'],
    ['Cache-Control', 'no-store'],
    ['Retry-After', String(retryAfterSeconds)],
    ['Access-Control-Expose-Headers', 'Retry-After'],
  ];
  const body = {
    error: 'temporarily_unavailable',
    error_description: 'The authorization server cannot be reached. Try again later.',
  };
  return { status: 503, headers, body: JSON.stringify(body) };
}

export const preflight: Answer = {
  status: 204,
  headers: [
    ...cors,
    ['Access-Control-Allow-Methods', 'GET, HEAD, OPTIONS'],
    ['Access-Control-Allow-Headers', '*, Authorization, MCP-Protocol-Version'],
    ['Access-Control-Max-Age', '86400'],
  ],
  body: undefined,
};

export const methodNotAllowed: Answer = {
  status: 405,
  headers: [...cors, ['Allow', 'GET, HEAD, OPTIONS'], ['Content-Type', 'application/json']],
  body: JSON.stringify({ message: 'The document is read with GET.' }),
};
