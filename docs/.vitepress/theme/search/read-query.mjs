import { isCjk, normalizeTerm, splitPhrases, splitWords } from './split-words.mjs';

/** Words of questions in English, which every page has. */
const common = new Set(
  'a am an and are as at be but by can do does for from get has have how i if in into is it its my no not of on or our so such that the their them then there this to too use was we what when where which while who why will with work works working you your'.split(
    ' ',
  ),
);

/** Endings and particles that stand between any two words, as pairs of characters. */
const glue =
  /^(?:\p{sc=Hiragana}{2}|[하되]는|에서|으로|니다|습니|합니|하려|려면|어떻|떻게|하고|하는|되는|있는|없는|[을를이가은는의에도로와과]|怎麼|如何|什麼|可以|無法|我的|一個)$/u;

/** More words than anybody types: a line of a log, a challenge, an answer. */
const pastedFrom = 8;

/** What programs print and people do not type. */
const printed = /\n|:\/\/|="|[a-z]Error:|\berror[: ]+-?\d|\[mcp-auth\]|^\s*\{"/i;

/** What the system and Node say of a connection that cannot be: nobody has that from anywhere but an error. */
const systemNames =
  /\bE(?:CONN|NOTFOUND|ADDR|AI_|TIMEDOUT|HOST|NET|PROTO|ACCES)\w*\b|\bUND_ERR_|^fetch failed$/;

const mostTerms = 48;

/** Values that belong to one installation and that no page knows: tokens, addresses, ids, times. */
const values = [
  /\beyJ[\w-]+\.[\w-]*(?:\.[\w-]*)*/g,
  /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g,
  /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi,
  /\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g,
  /\b(?=\w*\d)(?=\w*[a-z])\w{16,}\b/gi,
];

/**
 * What somebody looks for.
 *
 * @typedef {object} Query
 * @property {readonly string[]} terms words, without those that are everywhere, each once
 * @property {readonly string[]} phrases every two words that follow each other
 * @property {boolean} pasted whether it was hardly typed
 */

/**
 * Reads what was typed or pasted. Of a pasted line counts what the program says, and not the values that it was said of.
 *
 * @param {string} typed
 * @returns {Query}
 */
export function readQuery(typed) {
  const text = typed.trim().slice(0, 4000);
  const pasted = printed.test(text) || systemNames.test(text) || text.split(/\s+/u).length >= pastedFrom;
  const said = pasted ? dropValues(text) : text;
  const words = [...new Set(splitWords(said).map((word) => normalizeTerm(word)))];
  const telling = words.filter(
    (word) => !common.has(word) && !(pasted && /^\d+$/.test(word) && !/^(?:[1-5]\d\d|32\d{3})$/.test(word)),
  );
  return {
    terms: (telling.length === 0 ? words : telling).slice(0, mostTerms),
    phrases: [...new Set(splitPhrases(said).map((phrase) => phrase.toLowerCase()))].slice(0, mostTerms),
    pasted,
  };
}

/** Where our lines lead that have no code: which of them it was says the line. */
const logLines = 'log-lines';

/** Of an address counts the place that it points to: our lines end in the address of their code. */
function dropValues(text) {
  const said = text.replace(/\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>)]*/gi, (url) => {
    const [, place = ' '] = url.split('#');
    return place === logLines ? ' ' : place;
  });
  return values.reduce((rest, value) => rest.replace(value, ' '), said);
}

/**
 * How much a term tells: names of codes and options more than words, and pairs of characters that hold sentences together less.
 *
 * @param {string} term
 */
export function weighTerm(term) {
  if (glue.test(term)) return 0.2;
  // Beside another script an ending or a particle
  if (/\p{sc=Hiragana}/u.test(term)) return 0.5;
  if (/^[a-z]+(?:_[a-z]+)+$/.test(term)) return 3;
  return isCjk(term) ? 0.8 : 1;
}

/** @param {string} word */
export function isCommon(word) {
  return common.has(word);
}
