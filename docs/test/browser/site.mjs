import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages } from '../../.vitepress/languages.mjs';

/** The built site, or the one that the environment names. */
export const dist = process.env.DOCS_DIST ?? fileURLToPath(new URL('../../.vitepress/dist', import.meta.url));

/** Languages that the built site speaks. */
export const spoken = languages.filter(({ folder }) => existsSync(join(dist, folder, 'index.html')));

/** The address of a page in a language. */
export function addressOf(page, { folder } = languages[0]) {
  const prefix = folder === '' ? '/' : `/${folder}/`;
  return page.endsWith('/') || page === '' ? prefix + page : `${prefix}${page}.html`;
}

export function pageExists(page, language) {
  return readPage(page, language) !== undefined;
}

export function readPage(page, language) {
  const path = join(dist, addressOf(page, language).replace(/\/$/, '/index.html'));
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** All pages of a language, without what answers where there is none. */
export function listPages({ folder }) {
  const others = spoken.map((language) => language.folder).filter((other) => other !== '');
  return readdirSync(join(dist, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html') && !file.endsWith('404.html'))
    .map((file) => file.slice(0, -'.html'.length))
    .filter((page) => folder !== '' || !others.includes(page.split('/')[0]));
}

/** Pages of every kind that the site has. */
export const samples = {
  home: '',
  start: 'get-started',
  errors: 'errors',
  checker: 'tools/metadata-checker',
  explainer: 'tools/token-explainer',
  tutorial: 'tutorials/whoami',
  provider: 'providers/keycloak',
  guide: 'guide/scopes-and-operations',
  reference: 'reference/metadata/authorization-server-metadata',
  record: 'decisions/0001-gate-with-two-questions',
};
