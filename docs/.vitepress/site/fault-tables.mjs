/**
 * What the page about errors knows, from its text.
 *
 * @typedef {{ said: string, who: string, meaning: string, anchor: string }} Sentence
 */

/** @param {string} text */
export function readCodes(text) {
  return [...text.matchAll(/^### .*\{#(\w+)\}$/gm)].map(([, code = '']) => code);
}

/**
 * The tables of what somebody may read, each in its section: one entry for each sentence that a cell names.
 *
 * @param {string} text
 * @returns {{ sentences: readonly Sentence[], lines: readonly Sentence[], names: readonly Sentence[] }}
 */
export function readTables(text) {
  return {
    sentences: readTable(text, 'sentences').flatMap(([said = '', who = '', meaning = '']) =>
      said.split(', ').map((sentence) => toSentence(sentence, who, meaning, 'sentences')),
    ),
    lines: readTable(text, 'log-lines').map(([said = '', meaning = '']) =>
      toSentence(said, '', meaning, 'log-lines'),
    ),
    names: readTable(text, 'system-codes').map(([said = '', meaning = '']) =>
      toSentence(said, '', meaning, 'system-codes'),
    ),
  };
}

/**
 * @param {string} text
 * @param {string} anchor
 */
function readTable(text, anchor) {
  const [, rest = ''] = text.split(new RegExp(String.raw`^## .*\{#${anchor}\}$`, 'm'));
  const [section = ''] = rest.split(/^## /m);
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1)
      .map((cell) => cell.trim()),
  );
}

function toSentence(said, who, meaning, section) {
  return {
    said,
    who,
    meaning: meaning.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replaceAll('`', ''),
    anchor: /\]\(#([\w-]+)\)/.exec(meaning)?.[1] ?? section,
  };
}
