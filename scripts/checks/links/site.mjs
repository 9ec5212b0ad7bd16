import { posix } from 'node:path';
import { readTags } from './read-html.mjs';

const origin = 'https://site.invalid';
const external = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;

/** Relations of a link element that a browser does not follow on its own. */
const passive = new Set(['canonical', 'alternate', 'author', 'license', 'me']);

/**
 * Broken links and requests to other hosts in a built site.
 *
 * @param {Map<string, string>} files path to text, pages and style sheets; other files by path alone with an empty text
 */
export function findSiteProblems(files) {
  const pages = new Map(
    [...files].filter(([path]) => path.endsWith('.html')).map(([path, html]) => [path, readTags(html)]),
  );
  const anchors = new Map([...pages].map(([path, tags]) => [path, readAnchors(tags)]));
  const problems = [...pages].flatMap(([path, tags]) =>
    tags.flatMap((tag) => [
      ...findForeignRequests(tag).map((url) => `${path} loads ${url}`),
      ...readTargets(tag)
        .filter((target) => !leadsSomewhere(path, target, files, anchors))
        .map((target) => `${path} links to ${target}, which does not exist`),
    ]),
  );
  const styles = [...files]
    .filter(([path]) => /\.(css|html)$/.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(/(?:url\(\s*["']?|@import\s+["'])((?:https?:)?\/\/[^"')\s]+)/gi)].map(
        ([, url]) => `${path} loads ${url}`,
      ),
    );
  return pages.size === 0 ? ['the site has no pages'] : [...problems, ...styles];
}

function readAnchors(tags) {
  return new Set(
    tags.flatMap(({ name, attributes }) => [
      attributes.get('id'),
      name === 'a' ? attributes.get('name') : undefined,
    ]),
  );
}

/** What a page names for readers or browsers to go to, inside the site; `_self` leaves it, for another version. */
function readTargets({ attributes }) {
  if (attributes.get('target') === '_self') return [];
  return [attributes.get('href'), attributes.get('src')].filter(
    (target) => target !== undefined && !external.test(target) && !/^(?!\/)[a-z][a-z\d+.-]*:/i.test(target),
  );
}

/** Only links are followed by people; everything else is fetched by the browser on its own. */
function findForeignRequests({ name, attributes }) {
  if (name === 'a' || (name === 'link' && passive.has(attributes.get('rel')))) return [];
  const addresses = ['src', 'href', 'poster', 'data', 'action'].map((key) => attributes.get(key));
  const candidates = (attributes.get('srcset') ?? '').split(',').map((entry) => entry.trim().split(/\s+/)[0]);
  return [...addresses, ...candidates].filter((url) => url !== undefined && external.test(url));
}

function leadsSomewhere(path, target, files, anchors) {
  const url = new URL(target, `${origin}/${path}`);
  const page = findFile(decodeURIComponent(url.pathname).slice(1), files);
  if (page === undefined) return false;
  const anchor = decodeURIComponent(url.hash.slice(1));
  return anchor === '' || (anchors.get(page)?.has(anchor) ?? false);
}

/** As static hosts do: a folder is its index page, a path without an ending is a page. */
function findFile(path, files) {
  const candidates = path === '' || path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`];
  return candidates.map((candidate) => posix.normalize(candidate)).find((candidate) => files.has(candidate));
}
