/** Signs that are not seen, or turn the order of others around. Tabs and line ends stay. */
const invisible = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text in which each sign is seen as what it is. */
export function showText(text: string): string {
  return text.replaceAll(
    invisible,
    (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
  );
}

/** A value in JSON for the reader. What is nested deeper than the browser writes is left out. */
export function showJson(value: unknown): string {
  try {
    return showText(JSON.stringify(value, undefined, 2));
  } catch {
    return '{ … }';
  }
}
