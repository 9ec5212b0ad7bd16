/**
 * Control characters of both sets, what reorders or hides text (bidirectional marks, zero width, tags, variation selectors of the
 * supplement), line separators, and surrogates without their half.
 */
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\p{Cs}\u{e0000}-\u{e0fff}]/gu;

/** Text from elsewhere as it may reach a terminal: what a terminal would obey is shown by its code point, as `\u{1b}`. */
export function escapeText(text: string, maxLength = 2000): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}… (${text.length} characters)` : text;
  return cut.replace(unsafe, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}

/** The same, with the line breaks of the text kept. */
export function escapeLines(text: string, maxLength = 20_000): string {
  return escapeText(
    text.slice(0, maxLength).replaceAll('\r\n', '\n').replaceAll('\n', '\u0000'),
    maxLength,
  ).replaceAll('\\u{0}', '\n');
}
