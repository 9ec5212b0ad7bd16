/**
 * A table in a page: a comment that names the description of the options, and what the page adds, a line each:
 * `only: a, b`, `except: a, b`, or `name: link` for an option of which a page says more.
 *
 * @typedef {{ source: string, only: string[] | undefined, except: string[], links: Record<string, string> }} Mark
 */

const block = /(<!-- options: (\S+)((?:\n[^\n]*?)*?) ?-->)\n[\s\S]*?<!-- \/options -->/g;

/**
 * The tables that a page asks for.
 *
 * @param {string} text
 * @returns {Mark[]}
 */
export function readMarks(text) {
  return [...text.matchAll(block)].map(([, , source, lines]) => readMark(source, lines));
}

function readMark(source, lines) {
  const entries = lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, name, value] = /^(\w+): (.+)$/.exec(line) ?? [];
      if (name === undefined) throw new Error(`${source}: ${line} says neither a name nor a link.`);
      return [name, value];
    });
  const { only, except, ...links } = Object.fromEntries(entries);
  return { source, only: only?.split(/, */), except: except?.split(/, */) ?? [], links };
}

/**
 * The page with every table as the sources have it.
 *
 * @param {string} text
 * @param {(mark: Mark) => string | undefined} createTable nothing leaves a table as it is
 */
export function fillPage(text, createTable) {
  return text.replace(block, (whole, opening, source, lines) => {
    const table = createTable(readMark(source, lines));
    return table === undefined ? whole : `${opening}\n\n${table}\n\n<!-- /options -->`;
  });
}

/**
 * What the table of a translation shows: what the English page says of it, without links to headings that a translation which
 * is behind does not have. Nothing where the English page has no such table any more.
 *
 * @param {Mark} mark of the translation, of which its source counts
 * @param {Mark[]} english
 * @param {(link: string) => boolean} leadsSomewhere
 * @returns {Mark | undefined}
 */
export function followEnglish(mark, english, leadsSomewhere) {
  const original = english.find(({ source }) => source === mark.source);
  if (original === undefined) return undefined;
  const links = Object.entries(original.links).filter(([, link]) => leadsSomewhere(link));
  return { ...original, links: Object.fromEntries(links) };
}

/**
 * The options that a mark selects, in the order in which it names them.
 *
 * @template T
 * @param {ReadonlyMap<string, T>} options
 * @param {Mark} mark
 * @returns {Map<string, T>}
 * @throws {Error} where the mark names an option that there is not
 */
export function selectOptions(options, { source, only, except, links }) {
  const lost = [...(only ?? []), ...except, ...Object.keys(links)].find((name) => !options.has(name));
  if (lost !== undefined) throw new Error(`${source} describes no option ${lost}.`);
  const names = only ?? [...options.keys()].filter((name) => !except.includes(name));
  return new Map(names.map((name) => [name, options.get(name)]));
}
