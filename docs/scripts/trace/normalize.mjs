/** The first port of the demonstration, which pages show whatever port a trace was made with. */
const shownPort = 4100;
const portCount = 10;

/** Members and parameters whose values differ from run to run, and what stands for them. */
const placeholders = new Map([
  ['access_token', 'eyJ…'],
  ['client_id', 'demo-client'],
  ['code', '…'],
  ['code_challenge', '…'],
  ['code_verifier', '…'],
  ['csrf', '…'],
  ['id', '…'],
  ['kid', '…'],
  ['state', '…'],
  ['x', '…'],
  ['y', '…'],
]);

/**
 * A trace in which nothing depends on the run: ports, identifiers, keys and times.
 *
 * @param {object} trace
 * @param {number} port the first port of the run
 */
export function normalizeTrace(trace, port) {
  return walk(trace, (text) => normalizeText(text, port));
}

function walk(value, toText, name = '') {
  if (typeof value === 'string') return placeholders.get(name) ?? toText(value);
  if (Array.isArray(value)) return value.map((entry) => walk(entry, toText));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [member, walk(inner, toText, member)]),
  );
}

function normalizeText(text, port) {
  return text
    .replace(/(127\.0\.0\.1(?::|%3A))(\d{2,5})/g, (whole, host, digits) => {
      const offset = Number(digits) - port;
      return offset >= 0 && offset < portCount ? `${host}${shownPort + offset}` : whole;
    })
    .replace(/\/(interaction|auth)\/[\w-]{20,}/g, '/$1/…')
    .replace(/^(Bearer|DPoP) \[redacted\]/, '$1 eyJ…')
    .replace(/\b([\w]+)=([^&\s"]+)/g, (whole, name) =>
      placeholders.has(name) ? `${name}=${placeholders.get(name)}` : whole,
    );
}
