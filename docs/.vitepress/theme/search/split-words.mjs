const han = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー';
const cjk = new RegExp(`[${han}\\p{sc=Hangul}]`, 'u');
const runs = new RegExp(`[${han}]+|\\p{sc=Hangul}+|[^${han}\\p{sc=Hangul}]+`, 'gu');
const identifier = /^[\p{P}\p{S}]*[A-Za-z0-9]+(?:[._:/-]+[A-Za-z0-9]+)+[\p{P}\p{S}]*$/u;

/**
 * Splits text into what is looked up.
 *
 * Chinese and Japanese put no spaces between words, and Korean joins particles to them: runs of these scripts give every
 * pair of neighbouring characters. Identifiers such as `invalid_token` are found whole and by their parts.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function splitWords(text) {
  return text
    .normalize('NFKC')
    .split(/[\s\p{Z}\p{C}]+/u)
    .flatMap((word) => [
      ...(identifier.test(word) ? [word.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '')] : []),
      ...word
        .split(/[\p{P}\p{S}]+/u)
        .flatMap((part) => part.match(runs) ?? [])
        .flatMap((run) => (cjk.test(run) ? pairCharacters(run) : [run])),
    ]);
}

/** @param {string} run */
function pairCharacters(run) {
  const characters = Array.from(run);
  if (characters.length === 1) return [run];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** @param {string} term */
export function isCjk(term) {
  return cjk.test(term);
}

/**
 * Every two words that follow each other: what a message has whatever values stand between, and hardly anything else has.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function splitPhrases(text) {
  return text.split('\n').flatMap((line) => {
    const words = line.match(/[A-Za-z][A-Za-z_']*/g) ?? [];
    return words.slice(1).map((word, index) => `${words[index]} ${word}`);
  });
}

/**
 * A term as it is kept: without case, and in English without the ending of the plural.
 *
 * @param {string} term
 */
export function normalizeTerm(term) {
  const lower = term.toLowerCase();
  return /^[a-z]{3,}[^aeious]s$|^[a-z]{3,}es$/.test(lower) ? lower.slice(0, -1) : lower;
}
