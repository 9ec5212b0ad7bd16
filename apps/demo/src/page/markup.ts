/** What is markup already; everything else is text until it is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Content = Markup | string | number | undefined | readonly Content[];

/** Markup with values in it, each of which is escaped unless it is markup itself. Attributes must be in double quotes. */
export function markup(strings: TemplateStringsArray, ...values: Content[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...values.map(toHtml)));
}

function toHtml(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Markup) return content.text;
  return typeof content === 'object' ? content.map(toHtml).join('') : escapeText(String(content));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Controls, invisible and unpaired characters, and those that turn the direction of what follows; tabs and lines stay. */
const unseen = /[^\P{C}\t\n]|[\p{Zl}\p{Zp}]/gu;

/** Text that is nothing but text between tags and in quoted attributes, and looks like what it is. */
export function escapeText(text: string): string {
  return text
    .replace(unseen, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
}
