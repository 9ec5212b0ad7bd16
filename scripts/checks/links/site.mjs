import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

const tag = /<([a-z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/gi;
const attribute = /\s([a-z][\w:-]*)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
const notMarkup = /<!--[\s\S]*?-->|(?<=<script\b[^>]*>)[\s\S]*?(?=<\/script>)/gi;
const characters = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

const external = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;
const otherScheme = /^(?!\/)[a-z][a-z\d+.-]*:/i;

/** Relations of a link element that a browser does not follow on its own. */
const passive = ['canonical', 'alternate', 'author', 'license', 'me'];

/** The start tags of a page with their attributes. */
function readTags(html) {
  return [...html.replaceAll(notMarkup, '').matchAll(tag)].map(([, element, rest]) => ({
    element: element.toLowerCase(),
    attributes: Object.fromEntries(
      [...rest.matchAll(attribute)].map(([, key, ...values]) => [
        key.toLowerCase(),
        values.join('').replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (character) => characters[character]),
      ]),
    ),
  }));
}

/**
 * Broken links and requests to other hosts in a built site.
 *
 * @param {string} folder
 */
export function findSiteProblems(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
    file.replaceAll(sep, '/'),
  );
  const read = (file) => readFileSync(join(folder, file), 'utf8');
  const pages = new Map(
    files.filter((file) => file.endsWith('.html')).map((file) => [file, readTags(read(file))]),
  );
  const anchors = new Map(
    [...pages].map(([page, tags]) => [
      page,
      new Set(tags.flatMap(({ element, attributes }) => [attributes.id, element === 'a' && attributes.name])),
    ]),
  );

  /** As static hosts do: a folder is its index page, a path without an ending is a page. */
  const leadsSomewhere = (page, target) => {
    const { pathname, hash } = new URL(target, `https://site.invalid/${page}`);
    const path = posix.normalize(decodeURIComponent(pathname)).slice(1);
    const found = [path.replace(/(^|\/)$/, '$1index.html'), `${path}.html`].find((file) =>
      files.includes(file),
    );
    const anchor = decodeURIComponent(hash.slice(1));
    return found !== undefined && (anchor === '' || anchors.get(found)?.has(anchor) === true);
  };

  const inPages = [...pages].flatMap(([page, tags]) =>
    tags.flatMap(({ element, attributes }) => {
      const { rel, target, href, src, srcset = '', poster, data, action } = attributes;
      // Readers follow links; what else is named is fetched by the browser on its own
      const isFollowed = element === 'a' || (element === 'link' && passive.includes(rel));
      const sources = srcset.split(',').map((entry) => entry.trim().split(/\s+/)[0]);
      const foreign = [src, href, poster, data, action, ...sources].filter((url) => external.test(url ?? ''));
      // `_self` leaves the site, for another version
      const local = target === '_self' ? [] : [href, src].filter((url) => url !== undefined);
      return [
        ...(isFollowed ? [] : foreign.map((url) => `${page} loads ${url}`)),
        ...local
          .filter((url) => !external.test(url) && !otherScheme.test(url) && !leadsSomewhere(page, url))
          .map((url) => `${page} links to ${url}, which does not exist`),
      ];
    }),
  );
  const inStyles = files
    .filter((file) => /\.(?:css|html)$/.test(file))
    .flatMap((file) =>
      [...read(file).matchAll(/(?:url\(\s*["']?|@import\s+["'])((?:https?:)?\/\/[^"')\s]+)/gi)].map(
        ([, url]) => `${file} loads ${url}`,
      ),
    );
  return pages.size === 0 ? ['the site has no pages'] : [...inPages, ...inStyles];
}
