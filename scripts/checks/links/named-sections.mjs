/**
 * The pages of the documentation that packages print links to; a folder where the page is chosen when it runs.
 *
 * @param {readonly string[]} sources of packages
 * @param {readonly string[]} pages paths of Markdown files
 */
export function linkedPages(sources, pages) {
  const named = sources.flatMap((source) =>
    [...source.matchAll(/documentationUrl\(\s*['`]([\w/-]+)/g)].map(([, page]) => `docs/${page}`),
  );
  return pages.filter((path) =>
    named.some((page) =>
      page.endsWith('/') ? path.startsWith(page) && !path.endsWith('/index.md') : path === `${page}.md`,
    ),
  );
}

/**
 * Headings with an id that has no name in front: only the site makes an anchor of `{#id}`, and forges make one of the words.
 *
 * @param {string} path
 * @param {string} text
 */
export function findUnnamedSections(path, text) {
  const outside = text.replace(/^( *)(`{3,}|~{3,})[\s\S]*?^\1\2`*$/gm, '');
  return [...outside.matchAll(/^#{2,4} .*\{#([\w-]+)\}$/gm)]
    .filter(({ index, 1: id }) => !outside.slice(0, index).endsWith(`<a name="${id}"></a>\n\n`))
    .map(
      ([, id]) => `${path}: packages link to it, so <a name="${id}"></a> has to stand in front of {#${id}}`,
    );
}
