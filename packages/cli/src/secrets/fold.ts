/** A text as it is searched, and where each of its characters stands in the text as it is written. */
export interface FoldedText {
  readonly text: string;
  /** Where the character begins, and, one further, where the last one ends. */
  readonly starts: readonly number[];
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  lt: '<',
  gt: '>',
  apos: "'",
  sol: '/',
};

const percent = String.raw`%(?<percent>[\da-f]{2})`;
const json = String.raw`\\u(?<unicode>[\da-f]{4})|\\(?<escaped>["\\/])`;
const html = String.raw`&#x0{0,6}(?<hex>[\da-f]{1,6});|&#0{0,6}(?<decimal>\d{1,7});|&(?<name>amp|quot|lt|gt|apos|sol);`;

/** What URLs, JSON and HTML may write instead of a character. */
const written = new RegExp(`${percent}|${json}|${html}`, 'gi');

/** The text without what URLs, JSON and HTML make of characters, and in lower case: so a secret is found however it is written. */
export function foldText(text: string): FoldedText {
  const starts: number[] = [];
  let folded = '';
  const add = (character: string, start: number): void => {
    const lower = character.toLowerCase();
    for (let at = 0; at < lower.length; at++) starts.push(start);
    folded += lower;
  };
  let next = 0;
  for (const match of text.matchAll(written)) {
    for (; next < match.index; next++) add(text.charAt(next), next);
    add(read(match[0], match.groups), next);
    next += match[0].length;
  }
  for (; next < text.length; next++) add(text.charAt(next), next);
  starts.push(text.length);
  return { text: folded, starts };
}

function read(whole: string, groups: Readonly<Record<string, string | undefined>> = {}): string {
  const { percent: byte, unicode, escaped, hex, decimal, name } = groups;
  if (escaped !== undefined) return escaped;
  if (name !== undefined) return named[name.toLowerCase()] ?? whole;
  if (decimal !== undefined) return toCharacter(Number.parseInt(decimal, 10), whole);
  return toCharacter(Number.parseInt(byte ?? unicode ?? hex ?? '', 16), whole);
}

function toCharacter(code: number, other: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : other;
}
