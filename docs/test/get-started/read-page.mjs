const entities = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&', nbsp: ' ' };

/** The text of markup, as a reader copies it. */
function toText(html) {
  const text = html.replaceAll(/<[^>]*>/g, '');
  return text.replaceAll(/&(?:#x([\da-f]+)|(#39|\w+));/gi, (whole, code, name) =>
    code === undefined ? (entities[name] ?? whole) : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

const parts = new RegExp(
  [
    /[Ss]ave \w+ as <code>(?<saved>[^<]+)<\/code>/,
    /<div class="vp-code-group(?<kind>[^"]*)"><div class="tabs"[^>]*>(?<tabs>[\s\S]*?)<\/div><div class="blocks">/,
    /<div [^>]*class="[^"]*\blanguage-(?<lang>\w+)[^"]*">[\s\S]*?<code[^>]*>(?<code>[\s\S]*?)<\/code><\/pre>/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/**
 * The code of a built page in its order.
 *
 * @param {string} html
 * @returns {{ label: string | undefined, lang: string, code: string, file: string | undefined }[]} `label` is the tab;
 *   `file` is the name under which the text before tells the reader to save it
 */
export function readBlocks(html) {
  let labels = [];
  let file;
  // Of a block with several forms the first one is the page's own
  let [forms, skipped] = [0, 0];
  const blocks = [];
  for (const { groups } of html.matchAll(parts)) {
    if (groups.saved !== undefined) file = groups.saved;
    else if (groups.tabs !== undefined) {
      const names = [...groups.tabs.matchAll(/<label[^>]*>([^<]*)<\/label>/g)].map(([, name]) =>
        toText(name),
      );
      if (groups.kind.includes('variants')) forms = names.length - 1;
      else labels = names;
    } else if (skipped > 0) skipped--;
    else {
      [skipped, forms] = [forms, 0];
      blocks.push({ label: labels.shift(), lang: groups.lang, code: toText(groups.code), file });
      if (labels.length === 0) file = undefined;
    }
  }
  return blocks;
}
