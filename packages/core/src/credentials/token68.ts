/** RFC 9110 §11.2 token68, which RFC 6750 §2.1 calls b64token. */
const token68 = /^[A-Za-z0-9\-._~+/]+=*$/;

/** Whether a text can be a bearer token. */
export function isToken68(text: string): boolean {
  return token68.test(text);
}
