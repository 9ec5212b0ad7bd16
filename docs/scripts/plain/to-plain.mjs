import { extname } from 'node:path';

const frontMatter = /^---\n([\s\S]*?)\n---\n/;
const fence = /^( *)(`{3,}|~{3,})([^\n]*)\n([\s\S]*?)^\1\2[`~]*[ \t]*$/gm;
const taken = /^<<< (\S+?)(?:\{(\w+)\})?(?: \[(.+)\])?$/;
const included = /^<!--@include: (\S+)-->$/;

/**
 * What is different from reader to reader.
 *
 * @typedef {object} Reader
 * @property {(path: string) => string} read a file by its path from docs/, which `@` stands for
 * @property {string} [tab] the only tab that is kept of groups of code; all of them with their names where absent
 * @property {(href: string) => string | undefined} [linkTo] where a link leads instead; nothing leaves its words without a link
 * @property {(code: string, path: string) => string} [changeCode] of files that are taken in
 * @property {boolean} [ids] whether headings keep the ids that links name. Default: true
 */

/**
 * A page as Markdown for whoever has no site: what it takes in is in it, and what works in a browser alone is not.
 *
 * @param {string} page the text of a file of the site
 * @param {Reader} reader
 */
export function toPlain(page, reader) {
  const [head = '', data = ''] = frontMatter.exec(page) ?? [];
  const text = page.slice(head.length);
  const parts = [];
  let [end, group] = [0, false];
  const add = (prose) => {
    for (const line of withoutComments(prose).split('\n')) {
      if (/^ *::: ?code-group/.test(line)) group = true;
      else if (/^ *:::\s*$/.test(line)) group = false;
      else parts.push(...plainLine(line, group, reader));
    }
  };
  for (const match of text.matchAll(fence)) {
    const [block, indent, ticks, info, code] = match;
    add(text.slice(end, match.index));
    const [, lang = '', tab] = /^([^\s[{]*).*?(?:\[(.+)\])?$/.exec(info.trim()) ?? [];
    if (group) parts.push(...inGroup(tab, [`${indent}${ticks}${lang}`, `${code}${indent}${ticks}`], reader));
    else parts.push(block.replace(info, info === '' ? '' : lang));
    end = match.index + block.length;
  }
  add(text.slice(end));
  return `${readHome(data)}${parts.join('\n')}`.replace(/\n{3,}/g, '\n\n').trim() + '\n';
}

/** Notes for tools, such as the marks of tables; what takes in a file looks like one. */
function withoutComments(prose) {
  return prose.replace(/<!--(?!@include)[\s\S]*?-->/g, '');
}

function plainLine(line, group, reader) {
  const [, file, lang, tab] = taken.exec(line) ?? [];
  if (file !== undefined) {
    const path = file.replace(/^@\//, '');
    const code = (reader.changeCode ?? ((same) => same))(reader.read(path).trimEnd(), path);
    const block = [`\`\`\`${lang ?? extname(path).slice(1)}`, code, '```'];
    return group ? inGroup(tab, block, reader) : block;
  }
  const part = included.exec(line)?.[1];
  if (part !== undefined) return [describePart(reader.read(part.replace(/^@\//, '')))];
  const [, title] = /^ *::: ?\w+ ?(.*)$/.exec(line) ?? [];
  if (title !== undefined) return [`**${title}**`, ''];
  if (/^<\/?(?:template\b|HomePage\b)[^>]*>$/.test(line)) return [];
  if (/^<[A-Z]\w* ?\/>$/.test(line)) return ['(What stands here works in a browser alone.)'];
  return [withLinks(reader.ids === false ? line.replace(/^(#+ .+?) *\{#[\w-]+\}$/, '$1') : line, reader)];
}

function inGroup(name, block, { tab }) {
  if (tab !== undefined) return tab === name ? ['', ...block] : [];
  return [`**${name}**`, '', ...block, ''];
}

/** A drawing is told in words; anything else is text. */
function describePart(text) {
  const label = /<svg [^>]*aria-label="([^"]*)"/.exec(text)?.[1];
  return label === undefined ? text.trimEnd() : `(${label})`;
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
