import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HeadConfig, PageData, SiteConfig } from 'vitepress';
import { root } from '../../../scripts/lib/project.mjs';
import { drawPictures } from '../../scripts/pictures/draw-picture.mjs';
import { findMissingLetters } from '../../scripts/pictures/fonts.mjs';
import { formatFeed } from '../../scripts/releases/format-releases.mjs';
import { readReleases } from '../../scripts/releases/read-releases.mjs';
import { languageOf, languages, originalOf } from '../languages.mjs';
import { themeTexts } from '../locales';
import { pageExists, readTitle } from '../page-list.mjs';

/** The whole address of the site, with a slash at the end; nothing where it is not told, as in development. */
export const siteAddress =
  process.env.DOCS_ORIGIN === undefined
    ? undefined
    : new URL(process.env.DOCS_BASE ?? '/', process.env.DOCS_ORIGIN).href;

const releasesPage = 'reference/releases.html';

/** The reference of the API has too many pages to draw each. */
function pictureOf(page: string): string {
  const name = page.replace(/\.md$/, '');
  return `pictures/${name.startsWith('reference/api/') ? 'reference/api/index' : name}.png`;
}

/** What other sites show of a page, and where feed readers look. */
export function describePage({ relativePath, title, description }: PageData, base: string): HeadConfig[] {
  const feed = {
    rel: 'alternate',
    type: 'application/rss+xml',
    title: 'MCP Auth',
    href: `${base}releases.xml`,
  };
  const address = relativePath.replace(/\.md$/, '.html').replace(/(^|\/)index\.html$/, '$1');
  const properties: Record<string, string | undefined> = {
    'og:type': 'website',
    'og:site_name': 'MCP Auth',
    'og:title': title,
    'og:description': description,
    'og:locale': languageOf(relativePath).tag.replace('-', '_'),
    'og:url': siteAddress && siteAddress + address,
    'og:image': siteAddress && siteAddress + pictureOf(relativePath),
    'twitter:card': siteAddress && 'summary_large_image',
  };
  return [
    ...(siteAddress === undefined ? [] : ([['link', feed]] satisfies HeadConfig[])),
    ...Object.entries(properties).flatMap(([property, content]): HeadConfig[] =>
      content === undefined || content === '' ? [] : [['meta', { property, content }]],
    ),
  ];
}

/** What names whole addresses: the feed of the releases, and a picture for each page. */
export async function writeFrame({ outDir, pages }: SiteConfig): Promise<void> {
  if (siteAddress === undefined) return;
  const write = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(outDir, path)), { recursive: true });
    writeFileSync(join(outDir, path), content);
  };
  const { description } = themeTexts(languages[0]);
  const channel = { title: 'MCP Auth', description, page: `${siteAddress}${releasesPage}` };
  write('releases.xml', formatFeed(readReleases(root).releases, channel));
  const pictures = [...new Set(pages.map(pictureOf))];
  const drawn = await drawPictures(pictures.map(titleOf));
  for (const [index, picture] of pictures.entries()) write(picture, drawn[index] ?? Buffer.of());
}

/** What a picture shows, and in which language: English where the font of the language lacks a letter. */
function titleOf(picture: string): { readonly title: string; readonly folder: string } {
  const page = picture.replace(/^pictures\/(.*)\.png$/, '$1');
  const language = languageOf(page);
  const isHome = originalOf(page) === 'index' || !pageExists(page);
  const title = isHome ? themeTexts(language).description : readTitle(page);
  const isDrawable = findMissingLetters(title, language.folder).length === 0;
  return isDrawable || isHome
    ? { title, folder: language.folder }
    : { title: readTitle(originalOf(page)), folder: '' };
}
