import { normalizeTerm } from '../theme/search/split-words.mjs';

/** What is looked up in a section, by field. */
export interface Searched {
  readonly words: string;
  /** Options that a table of the section describes. */
  readonly names: string;
  /** What programs print, and on pages that explain it the cells of tables: one a line. */
  readonly messages: string;
  /** What else the page is about; of its first section only. */
  readonly page: string;
}

export interface Section {
  readonly anchor: string;
  readonly titles: string[];
  readonly text: Searched;
}

const heading = /<h(\d)[^>]*>(.*?)<a [^>]*href="#([^"]*)"[^>]*>.*?<\/a><\/h\1>/g;

const printed = /<div class="language-(?:text|http|console|)[ "][^>]*>[\s\S]*?<pre[^>]*>([\s\S]*?)<\/pre>/g;

/**
 * The sections of a page, from the HTML that its Markdown became.
 *
 * @param page what the page is about beside what it says
 * @param explains whether its tables explain what programs print
 */
export function splitSections(html: string, page: string, explains: boolean): readonly Section[] {
  const [, ...parts] = html.split(heading);
  const titles: string[] = [];
  const sections: Section[] = [];
  for (let index = 0; index + 3 < parts.length; index += 4) {
    const [level, title = '', anchor = '', content = ''] = parts.slice(index, index + 4);
    titles.splice(Number(level) - 1, titles.length, toText(title));
    sections.push({
      anchor,
      titles: titles.filter((each) => each !== ''),
      text: { ...readContent(content, explains), page: index === 0 ? page : '' },
    });
  }
  return sections;
}

function readContent(content: string, explains: boolean): Omit<Searched, 'page'> {
  const options = collect(content, /(<!-- options:[\s\S]*?<!-- \/options -->)/g).join('\n');
  const described = collect(options, /<tr>\s*<td[^>]*>([\s\S]*?)<\/td>/g).join('\n');
  const names = collect(described, /<code[^>]*>([\s\S]*?)<\/code>/g);
  const cells = explains ? collect(content, /<td[^>]*>([\s\S]*?)<\/td>/g) : [];
  return {
    words: toText(content),
    names: names.map((name) => normalizeTerm(toText(name))).join(' '),
    messages: [...collect(content, printed), ...cells].map(toText).join('\n'),
  };
}

function collect(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function toText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (all, name: string) => entities[name] ?? all)
    .trim();
}
