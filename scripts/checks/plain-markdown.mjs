import MarkdownIt from 'markdown-it';
import { listProjectFiles, readProjectFile } from '../lib/project.mjs';

const frontMatter = /^---\n[\s\S]*?\n---\n/;
const fence = /^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1\2[`~]*[ \t]*$/gm;
const markdown = new MarkdownIt('commonmark');

/** What only the site would understand, as readers of the text would see it. */
const siteOnly = [
  [/<p>\s*(?::{3,}).*|^:{3,}.*/m, 'a container'],
  [/&lt;&lt;&lt; ?.*/, 'a file that is taken in'],
  [/<img src="\/.*?>/, 'a picture that only the site has'],
  [/&lt;\/?(?:template|[A-Z]\w*)\b.*/, 'a tag that no reader of Markdown takes for one'],
];

/** Notes that say that something is left out of the text. */
const hidden = /<!--\s*@include.*/;

/**
 * What readers of a code host, or of any other plain renderer of Markdown, do not get of a page, or get and cannot use.
 *
 * @param {string} page
 * @returns {string[]}
 */
export function findPlainProblems(page) {
  const text = page.replace(frontMatter, '');
  const html = markdown.render(text);
  const [wanted, shown] = [text.match(fence) ?? [], html.match(/<pre><code/g) ?? []];
  const prose = html
    .replaceAll(/<pre><code[\s\S]*?<\/code><\/pre>|<code>[\s\S]*?<\/code>/g, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '');
  return [
    ...(shown.length === wanted.length
      ? []
      : [`${shown.length} of ${wanted.length} blocks of code are shown`]),
    ...siteOnly.flatMap(([mark, what]) =>
      mark.test(prose) ? [`${mark.exec(prose)[0].trim()} is ${what}`] : [],
    ),
    ...(hidden.test(text.replace(fence, '')) ? ['an include hides what it takes in'] : []),
  ];
}

export const checks = {
  'Every page is readable as plain Markdown: all of its code, and no mark that only the site understands':
    () =>
      listProjectFiles(/\.md$/).flatMap((path) =>
        findPlainProblems(readProjectFile(path)).map((problem) => `${path}: ${problem}`),
      ),
};

if (process.argv[1] === import.meta.filename) {
  for (const find of Object.values(checks)) for (const problem of find()) console.log(problem);
}
