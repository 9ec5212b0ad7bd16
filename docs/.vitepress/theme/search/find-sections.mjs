import { isCommon, readQuery, weighTerm } from './read-query.mjs';
import { normalizeTerm, splitPhrases, splitWords } from './split-words.mjs';

/**
 * How the index is made, and how it is read again: both must be the same.
 *
 * @type {import('minisearch').Options}
 */
export const indexOptions = {
  fields: ['title', 'titles', 'page', 'names', 'text', 'messages'],
  storeFields: ['title', 'titles', 'names'],
  // The build knows three members of a section; what it has beside its titles comes in one of them
  extractField: (document, field) =>
    field in document.text
      ? document.text[field] || undefined
      : field === 'text'
        ? document.text.words
        : document[field],
  tokenize: (text, field) => (field === 'messages' ? splitPhrases(text) : splitWords(text)),
  processTerm: normalizeTerm,
};

/** Pages for those who change MCP Auth, or for whom a list is enough, come after those that help. */
const places = [
  [/\/decisions\//, 0.4],
  [/\/reference\/(?:api|releases)/, 0.5],
  [/\/(?:architecture|write-an-adapter)\./, 0.6],
  [/\/(?:performance|security\/assurance)\./, 0.7],
  [/\/providers\/entra-external-id\./, 0.7],
];

/** The heading of an option is the table that describes it; that of a code, and of what programs print, is among the errors. */
function weigh(id, term, { names = '' }, pasted) {
  const place = places.find(([pattern]) => pattern.test(id))?.[1] ?? 1;
  const named = ` ${names} `.includes(` ${term} `) ? (/\/configure\//.test(id) ? 5 : 3) : 1;
  return place * named * (/\/errors\./.test(id) && (pasted || term.includes('_')) ? 2.5 : 1);
}

/** Of one page. */
const mostSections = 3;

/**
 * The sections that a query leads to, best page first, with the sections of a page together.
 *
 * @param {import('minisearch').default} index
 * @param {string} typed
 */
export function findSections(index, typed) {
  const { terms, phrases, pasted } = readQuery(typed);
  if (terms.length === 0) return [];
  const words = {
    queries: terms,
    tokenize: (term) => [term],
    processTerm: (term) => term,
    fields: ['title', 'titles', 'page', 'names', 'text'],
    boost: { title: 3, titles: 1.5, page: 5, names: 2, text: 1 },
    boostTerm: weighTerm,
    prefix: (term) => !pasted && term.length > 1,
    fuzzy: (term) => (!pasted && /^[a-z]{5,}$/.test(term) ? 0.2 : false),
  };
  const said = {
    queries: phrases,
    tokenize: (term) => [term],
    processTerm: (term) => term,
    fields: ['messages'],
    boost: { messages: 2 },
    prefix: false,
    fuzzy: false,
  };
  const found = index.search({
    queries: phrases.length > 0 ? [words, said] : [words],
    boostDocument: (id, term, stored) => weigh(id, term, stored, pasted),
    bm25: { k: 1.2, b: 0.5, d: 0.5 },
  });
  return sortByPage(found, { asked: new Set(terms), typed: toWords(typed).join(' ') });
}

/** What the beginning of a page says of it counts beside the section that fits best; of two pages comes first what knows more of the query. */
function sortByPage(found, query) {
  return [...groupByPage(found).values()]
    .map((sections) => ({ sections: sections.slice(0, mostSections), score: weighPage(sections, query) }))
    .sort((one, other) => other.score - one.score)
    .flatMap(({ sections }) => sections);
}

function weighPage(sections, { asked, typed }) {
  const [best, next] = sections;
  const beginning = sections.find(({ titles }) => titles.length === 0);
  const others = (next?.score ?? 0) * 0.25;
  const topic = beginning === undefined || beginning === best ? 0 : beginning.score;
  return (
    (best.score + topic + others) *
    (0.5 + coverage(sections.slice(0, 4), asked)) *
    (1 + 3 * titleMatch(best, asked, typed))
  );
}

function coverage(sections, asked) {
  const known = new Set(sections.flatMap(({ queryTerms }) => queryTerms));
  return [...asked].filter((term) => known.has(term)).length / asked.size;
}

/** From 0, where the title of the page and the query have no word in common, to 8, where they are the same word for word. */
function titleMatch({ id, title, titles }, asked, typed) {
  // A page that a word is the address of is about it, whatever its title calls it
  const [, name = ''] = /([^/]*)\.html/.exec(id) ?? [];
  if (!id.includes('/reference/api/') && toWords(name).join(' ') === typed) return 8;
  const all = toWords(titles[0] ?? title);
  if (all.join(' ') === typed) return 8;
  const telling = new Set(all.filter((word) => !isCommon(word)));
  const words = [...(telling.size > 0 ? telling : new Set(all))];
  const both = words.filter((word) => asked.has(word)).length;
  if (both === words.length && both === asked.size) return 4;
  return words.length === 0 ? 0 : (both / words.length) ** 3 * (both / asked.size);
}

const toWords = (text) => splitWords(text).map(normalizeTerm);

function groupByPage(found) {
  const pages = new Map();
  for (const section of found) {
    const page = section.id.split('#')[0];
    pages.set(page, [...(pages.get(page) ?? []), section]);
  }
  return pages;
}
