const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Whether the last character of a base64url string stands for bits that belong to no byte. */
export function hasSpareBits(text: string): boolean {
  return text.length % 4 !== 0;
}

/** The same bytes in another spelling (RFC 4648 §3.5). */
export function setSpareBits(text: string): string {
  const last = alphabet.indexOf(text.slice(-1));
  return text.slice(0, -1) + alphabet.charAt(last | 1);
}
