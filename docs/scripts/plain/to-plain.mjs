const frontMatter = /^---\n([\s\S]*?)\n---\n/;
const fence = /^( *)(`{3,}|~{3,})([^\n]*)\n([\s\S]*?)^\1\2[`~]*[ \t]*$/gm;
const mark = /^<!-- (\/?tabs|quote: \S+|\/quote) -->$/m;
const drawing = /^!\[([^\]]*)\]\((?:\.{1,2}\/)+generated\/\S+\.svg\)$/;

/**
 * What is different from reader to reader.
 *
 * @typedef {object} Reader
 * @property {string} [tab] the only tab that is kept of groups of code; all of them with their names where absent
 * @property {(href: string) => string | undefined} [linkTo] where a link leads instead; nothing leaves its words without a link
 * @property {(code: string, path: string) => string} [changeCode] of files that are quoted
 * @property {boolean} [ids] whether headings keep the ids that links name. Default: true
 */

/**
 * A page as Markdown for whoever has no site: without what works in a browser alone, without notes for tools.
 *
 * @param {string} page the text of a file of the site
 * @param {Reader} [reader]
 */
export function toPlain(page, reader = {}) {
  const [head = '', data = ''] = frontMatter.exec(page) ?? [];
  const text = page.slice(head.length);
  const parts = [];
  const at = { group: false, label: undefined, quoted: undefined };
  const isLeftOut = () => at.group && reader.tab !== undefined && at.label !== reader.tab;
  const add = (prose) => {
    // Every other part is a mark
    for (const [index, part] of prose.split(mark).entries()) {
      if (index % 2 === 1) readMark(part, at);
      else for (const line of withoutComments(part).split('\n')) parts.push(...plainLine(line, at, reader));
    }
  };
  let end = 0;
  for (const match of text.matchAll(fence)) {
    const [block, indent, ticks, info, code] = match;
    add(text.slice(end, match.index));
    end = match.index + block.length;
    if (isLeftOut()) continue;
    const [lang = ''] = /^[^\s[{]*/.exec(info.trim()) ?? [];
    const changed = at.quoted === undefined ? code : (reader.changeCode?.(code, at.quoted) ?? code);
    parts.push(`${indent}${ticks}${lang}`, `${changed}${indent}${ticks}`);
  }
  add(text.slice(end));
  return `${readHome(data)}${parts.join('\n')}`.replace(/\n{3,}/g, '\n\n').trim() + '\n';
}

/** Where the text after a mark stands: in a group of tabs, in a file that is quoted. */
function readMark(note, at) {
  if (note === 'tabs' || note === '/tabs') Object.assign(at, { group: note === 'tabs', label: undefined });
  else at.quoted = /^quote: (\S+)$/.exec(note)?.[1];
}

/** Notes for tools, such as the marks of tables. */
function withoutComments(prose) {
  return prose.replace(/<!--[\s\S]*?-->/g, '');
}

function plainLine(line, at, reader) {
  const label = at.group ? /^\*\*(.+)\*\*$/.exec(line)?.[1] : undefined;
  if (label !== undefined) {
    at.label = label;
    return reader.tab === undefined ? [line] : [''];
  }
  const [, told] = drawing.exec(line) ?? [];
  if (told !== undefined) return [`(${told})`];
  if (/^<\/?(?:template\b|HomePage\b)[^>]*>$/.test(line)) return [];
  if (reader.ids === false && /^<a name="[\w-]+"><\/a>$/.test(line)) return [];
  if (/^<[A-Z]\w* ?\/>$/.test(line)) return ['(What stands here works in a browser alone.)'];
  return [withLinks(reader.ids === false ? line.replace(/^(#+ .+?) *\{#[\w-]+\}$/, '$1') : line, reader)];
}

/** Code between backticks has no links. */
function withLinks(line, { linkTo }) {
  if (linkTo === undefined) return line;
  return line.replace(/(`[^`]*`)|\[((?:[^[\]`]|`[^`]*`)*)\]\(([^)\s]+)\)/g, (whole, code, words, href) => {
    if (code !== undefined) return whole;
    const target = linkTo(href);
    return target === undefined ? words : `[${words}](${target})`;
  });
}

/** The home page says most of what it says in front of its text. */
function readHome(data) {
  if (!/^home:/m.test(data)) return '';
  const read = (name) => new RegExp(`^ {2}${name}: *(.+)$`, 'm').exec(data)?.[1] ?? '';
  const points = [...data.matchAll(/^ {4}- title: (.+)\n {6}text: (.+)$/gm)];
  const list = points.map(([, title, text]) => `- **${unquote(title)}**: ${unquote(text)}`).join('\n');
  return `# ${unquote(read('title'))}\n\n${unquote(read('lead'))}\n\n${list}\n\n`;
}

function unquote(text) {
  return text.replace(/^'(.*)'$/, '$1');
}
