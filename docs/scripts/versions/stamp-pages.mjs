import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import texts from './texts.json' with { type: 'json' };
import { readVersions } from './site-folder.mjs';

const [begin, end] = ['<!-- version -->', '<!-- /version -->'];
const stamp = new RegExp(`${begin}[\\s\\S]*?${end}`, 'g');

/** The bar of the theme stands below what is as high as this, on every width. */
const style = `:root{--vp-layout-top-height:56px}
.other-version{position:fixed;z-index:40;inset:0 0 auto;height:56px;box-sizing:border-box;display:flex;gap:4px 16px;flex-wrap:wrap;align-items:center;align-content:center;justify-content:center;overflow:hidden;padding:4px 16px;background:#7a4b00;color:#fff;font:500 13px/20px system-ui,sans-serif}
.other-version a{color:#fff;text-decoration:underline}
.other-version nav{display:flex;gap:12px}
@media(max-width:640px){:root{--vp-layout-top-height:84px}.other-version{height:84px;padding:2px 8px;font-size:12px;line-height:18px}}
@media print{.other-version{display:none}:root{--vp-layout-top-height:0px}}`;

/**
 * Says on every page of a site which version it is of. The last release is at the root. What is in `next` and in the folders of older
 * releases is kept from search engines, names the same page of the last release, and leads there and to the other versions. Pages that were
 * stamped before are stamped anew, so a release that is no longer the last one says so from then on.
 *
 * @param {string} site the folder that is served
 * @param {string} [origin] its scheme and host, for whole addresses
 * @returns {number} how many pages were stamped
 */
export function stampPages(site, origin = '') {
  const { releases, hasNext } = readVersions(site);
  const [last] = releases;
  const folders = [...(hasNext ? ['next'] : []), ...releases.map((version) => `v${version}`)];
  return folders.reduce((count, folder) => {
    for (const page of listPages(join(site, folder)))
      stampPage({ site, origin, folder, page, last, folders });
    return count + listPages(join(site, folder)).length;
  }, 0);
}

function listPages(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.html'))
    .map((file) => file.split(sep).join('/'));
}

function stampPage({ site, origin, folder, page, last, folders }) {
  const file = join(site, folder, page);
  const isThere = existsSync(join(site, page)) && page !== '404.html';
  const same = isThere ? `/${page.replace(/(^|\/)index\.html$/, '$1')}` : undefined;
  writeFileSync(file, stampHtml(readFileSync(file, 'utf8'), { origin, folder, page, last, folders, same }));
}

/**
 * Marks one page.
 *
 * @param {string} html
 * @param {object} facts
 * @param {string} facts.folder of its version
 * @param {string} facts.page its path below that
 * @param {readonly string[]} facts.folders of all versions
 * @param {string} [facts.last] the last release
 * @param {string} [facts.same] the same page of the last release, where it has one
 * @param {string} [facts.origin]
 */
export function stampHtml(html, { folder, page, folders, last, same, origin = '' }) {
  const plain = html.replaceAll(stamp, '');
  const canonical = same === undefined ? '' : `<link rel="canonical" href="${origin}${same}">`;
  const isLast = folder === `v${last}`;
  const head = `${begin}<meta name="robots" content="noindex">${canonical}${isLast ? '' : `<style>${style}</style>`}${end}`;
  const banner = isLast ? '' : writeBanner({ html: plain, folder, page, last, folders, same });
  const body = /<body[^>]*>/.exec(plain)?.[0];
  if (body === undefined || !plain.includes('</head>')) throw new Error(`${folder}/${page} is not a page`);
  return plain.replace('</head>', () => `${head}</head>`).replace(body, () => `${body}${banner}`);
}

/** Outside of what the theme draws, and without script but for the page that a reader has gone to since. */
function writeBanner({ html, folder, page, last, folders, same }) {
  const language = /<html[^>]* lang="([^"]+)"/.exec(html)?.[1] ?? 'en';
  const said = texts[language] ?? texts.en;
  const sentence = folder === 'next' ? said.next : said.old.replace('{version}', folder.slice(1));
  const home = language === 'en' ? '/' : `/${page.split('/')[0]}/`;
  // At the same page of another version, which may not have it: its own page for that says where to go. With a target, because the router of
  // this version would look for the page in its own
  const follow = (other) =>
    ` target="_self" onclick="this.href='${other}'+location.pathname.slice(${folder.length + 2})+location.hash"`;
  const links = folders
    .filter((other) => other !== folder && other !== `v${last}`)
    .map(
      (other) =>
        `<a href="/${other}/"${follow(`/${other}/`)}>${other === 'next' ? other : other.slice(1)}</a>`,
    );
  const toLast =
    last === undefined ? '' : `<a href="${same ?? home}"${follow('/')}>${said.last} (${last})</a>`;
  return `${begin}<aside class="other-version" aria-label="${said.label}"><span>${sentence}</span><nav aria-label="${said.label}">${toLast}${links.join('')}</nav></aside>${end}`;
}
