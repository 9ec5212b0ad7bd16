import { english, markEnglish } from './language.mjs';

/**
 * One option as a table shows it.
 *
 * @typedef {{ kind: import('./read-descriptions.mjs').Kind, meaning: import('./read-meanings.mjs').Meaning | undefined }} Option
 */

/**
 * The table of one object that users write. Markdown, not yet aligned.
 *
 * @param {string} type name of the object's type, by which translations know an option
 * @param {ReadonlyMap<string, Option>} options
 * @param {Readonly<Record<string, string>>} [links] option → where a page says more
 * @param {import('./language.mjs').Language} [language] default: English
 * @throws {Error} for an option without a doc comment, without a default, or with two that differ
 */
export function formatTable(type, options, links = {}, language = english) {
  const { word } = language;
  const rows = [...options].map(([name, { kind, meaning }]) => {
    if (meaning === undefined || meaning.meaning === '') throw new Error(`${name} has no doc comment.`);
    const code = `\`${name}\``;
    return [
      links[name] === undefined ? code : `[${code}](${links[name]})`,
      (meaning.deprecated ? `${word('Deprecated.')} ` : '') + toMeaning(`${type}.${name}`, meaning, language),
      toCell(toTakes(word(kind.must))),
      toCell(word(toDefault(name, kind, meaning))),
    ];
  });
  const lines = [['Option', 'Meaning', 'Takes', 'Default'].map(word), ['---', '---', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function toMeaning(option, { meaning }, { word, meaning: translate }) {
  const translated = translate(option, meaning);
  return translated === undefined ? markEnglish(toCell(meaning), word) : toCell(translated);
}

/** Values stand in code spans. */
function toTakes(must) {
  return must.replaceAll(/"[^"]+"/g, '`$&`').replaceAll(/\{ [^{}]* \}/g, '`$&`');
}

function toDefault(name, kind, meaning) {
  if (kind.required === true || meaning.required) return 'required';
  if (kind.default === undefined) {
    if (meaning.default === undefined) throw new Error(`Nothing says the default of ${name}.`);
    return meaning.default;
  }
  const said = meaning.default?.replaceAll(/[`']/g, '');
  const isSame = said === undefined || new RegExp(`^${String(kind.default)}(?![\\w.])`).test(said);
  if (!isSame) throw new Error(`The default of ${name} is ${kind.default}, but its comment says ${said}.`);
  return typeof kind.default === 'number'
    ? withUnit(kind.default, kind.must)
    : `\`${JSON.stringify(kind.default)}\``;
}

const units = {
  bytes: [
    [1024 ** 2, 'MiB'],
    [1024, 'KiB'],
  ],
  milliseconds: [
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ],
  seconds: [
    [3600, 'h'],
    [60, 'min'],
  ],
};

/** A number, and the same in the largest unit that it is a multiple of. */
export function withUnit(value, must) {
  const [, unit = ''] = /number of (\w+)/.exec(must) ?? [];
  const [size, name] = (units[unit] ?? []).find(([size]) => value > 0 && value % size === 0) ?? [];
  return size === undefined ? String(value) : `${value} (${value / size} ${name})`;
}

/** The site's pages are Vue templates, so braces and angle brackets must not be live outside of code. */
function toCell(text) {
  return text
    .replaceAll('|', '\\|')
    .split(/(`[^`]*`)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replaceAll('{{', '{ {').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    )
    .join('');
}
