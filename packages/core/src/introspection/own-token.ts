/** RFC 6750 §2.1. */
const bearerToken = /^[A-Za-z0-9._~+/-]+=*$/;

/** Whether a text can be the access token of this resource server. */
export function isBearerToken(text: string): boolean {
  return bearerToken.test(text);
}
