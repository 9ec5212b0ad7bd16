/** Control characters, what reorders, hides or joins text without being seen, separators of lines, and surrogates without their half. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Text from elsewhere as it may reach a terminal: what a terminal would obey is shown by its code point, as `\u{1b}`. */
export function escapeText(text: string, maxLength = 2000): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}… (${text.length} characters)` : text;
  return cut.replace(unsafe, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}

/** JSON as it may reach a terminal too: the same characters as escapes of JSON, so that it still means the same. */
export function escapeJson(json: string): string {
  return json.replace(unsafe, (character) => (character === '\n' ? character : toUnits(character)));
}

function toUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}

/** The same, with the line breaks of the text kept. */
export function escapeLines(text: string, maxLength = 20_000): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return cut
    .split(/\r?\n/)
    .map((line) => escapeText(line, maxLength + 1))
    .join('\n');
}
