import type { Exchange } from './exchange.js';

/** Shorter pieces turn up by chance. */
const pieceLength = 12;

/**
 * Checks that no piece of the token sent comes back, is told to listeners, or travels on to an authorization server
 * (OAuth 2.1 §7.1; MCP Authorization, Access Token Privilege Restriction).
 */
export function checkLeaks({ token, proof, ...exchange }: Exchange): string[] {
  return [
    ...findPieces(token, exchange).map((place) => `a part of the token is in ${place}`),
    ...findPieces(proof, exchange).map((place) => `a part of the proof is in ${place}`),
  ];
}

function findPieces(
  secret: string | undefined,
  { response, events, issuers }: Pick<Exchange, 'response' | 'events' | 'issuers'>,
): readonly string[] {
  if (secret === undefined || secret.length < pieceLength) return [];
  const places: readonly (readonly [place: string, text: string])[] = [
    ['the headers of the response', response.headers.flat().join('\n')],
    ['the body of the response', response.body],
    ['the events', events.map((event) => JSON.stringify(event)).join('\n')],
    [
      'a request to an authorization server',
      Object.values(issuers)
        .flatMap((issuer) => issuer.requests.map(({ text }) => text))
        .join('\n'),
    ],
  ];
  return places.filter(([, text]) => hasPiece(text, secret)).map(([place]) => place);
}

function hasPiece(text: string, token: string): boolean {
  for (let start = 0; start + pieceLength <= token.length; start++) {
    if (text.includes(token.slice(start, start + pieceLength))) return true;
  }
  return false;
}
