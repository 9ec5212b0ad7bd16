/** A JSON value, or text that stands for itself, as a segment of a JWT. */
export function encodeJson(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** Three segments, without regard for whether anything in them makes sense. */
export function assembleJwt(header: unknown, claims: unknown, signature = 'c2lnbmF0dXJl'): string {
  return `${encodeJson(header)}.${encodeJson(claims)}.${signature}`;
}

/** The same text with one character replaced by one that did not stand there. */
export function withOtherCharacter(text: string, index: number): string {
  const character = text[index] === 'A' ? 'B' : 'A';
  return `${text.slice(0, index)}${character}${text.slice(index + 1)}`;
}
