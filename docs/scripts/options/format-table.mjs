/**
 * One option as a table shows it.
 *
 * @typedef {{ kind: import('./read-descriptions.mjs').Kind, meaning: import('./read-meanings.mjs').Meaning | undefined }} Option
 */

/**
 * The table of one object that users write. Markdown, not yet aligned.
 *
 * @param {ReadonlyMap<string, Option>} options
 * @param {Readonly<Record<string, string>>} [links] option → where a page says more
 * @throws {Error} for an option without a doc comment, without a default, or with two that differ
 */
export function formatTable(options, links = {}) {
  const rows = [...options].map(([name, { kind, meaning }]) => {
    if (meaning === undefined || meaning.meaning === '') throw new Error(`${name} has no doc comment.`);
    const code = `\`${name}\``;
    const option = links[name] === undefined ? code : `[${code}](${links[name]})`;
    const note = meaning.deprecated ? 'Deprecated. ' : '';
    return [option, note + meaning.meaning, toTakes(kind.must), toDefault(name, kind, meaning)];
  });
  const lines = [['Option', 'Meaning', 'Takes', 'Default'], ['---', '---', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.map(toCell).join(' | ')} |`).join('\n');
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
