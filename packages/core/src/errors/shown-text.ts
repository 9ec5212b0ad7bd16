/** RFC 3986 §3.2.1, and the parameters in which APIs take their keys. */
const userinfo = /:\/\/[^/?#@\s]+@/g;
const secretParameter =
  /([?&;](?:access_token|id_token|refresh_token|client_secret|api_?key|key|code|sig|signature|subscription-key|token|secret|password)=)[^&#\s"']+/gi;

/** The same text, its URLs without what is a secret in them. Who writes one into a configuration will not look for it in a log. */
export function hideUrlSecrets(text: string): string {
  if (!text.includes('@') && !text.includes('=')) return text;
  return text.replaceAll(userinfo, '://…@').replaceAll(secretParameter, '$1…');
}

/** The same value with other strings in it, in lists and plain objects too. */
export function mapText<T>(value: T, change: (text: string) => string): T {
  const map = (each: unknown): unknown => {
    if (typeof each === 'string') return change(each);
    if (Array.isArray(each)) return each.map(map);
    if (typeof each !== 'object' || each === null || Object.getPrototypeOf(each) !== Object.prototype)
      return each;
    // A copy first: its members are there then, `__proto__` too, and it takes a fifth of the time of a list of entries
    const copy: Record<string, unknown> = { ...each };
    for (const name of Object.keys(copy)) copy[name] = map(copy[name]);
    return copy;
  };
  return map(value) as T;
}
