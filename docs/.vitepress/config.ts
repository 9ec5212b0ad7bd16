import { fileURLToPath } from 'node:url';
import { defineConfig, type DefaultTheme, type HeadConfig, type LocaleSpecificConfig } from 'vitepress';
import { project } from '../../scripts/lib/project.mjs';
import { isGenerated, languages, originalOf, type Language } from './languages.mjs';
import { themeTexts } from './locales';
import { extendMarkdown } from './site/markdown';
import { readFaults } from './site/faults';
import { describePage, siteAddress, writeFrame } from './site/frame';
import { readLinkTitles, readLoginSteps, type HomeLinks } from './site/home-data';
import { lastChangeOf } from './site/last-change';
import { movedFrom } from './site/moved-sections';
import { createNavigation } from './site/navigation';
import { writeNotFound } from './site/not-found';
import { listLanguages, pageExists } from './site/pages';
import { writePlainPages } from './site/plain-pages';
import { publishTypes } from './site/sample-types';
import { createSearch } from './site/search';
import { createSidebar } from './site/sidebar';
import { isStale } from './site/stale';
import { patchTheme } from './site/patch-theme';
import { keepWhole } from './site/keep-whole';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where the site lives on its host, such as `/mcp-auth/`. */
const base = process.env.DOCS_BASE ?? '/';

const spoken = languages.filter(({ folder }) => folder === '' || pageExists(`${folder}/index`));

function createLocale(language: Language): LocaleSpecificConfig<DefaultTheme.Config> & { label: string } {
  const texts = themeTexts(language);
  return {
    label: language.label,
    lang: language.tag,
    description: texts.description,
    themeConfig: {
      nav: createNavigation(language),
      sidebar: createSidebar(language),
      outline: { level: [2, 3], label: texts.outline },
      editLink: { pattern: `${project.repository}/edit/main/docs/:path`, text: texts.editPage },
      lastUpdated: { text: texts.lastChange, formatOptions: { dateStyle: 'long', forceLocale: true } },
      socialLinks: [{ icon: { svg: repositoryIcon }, link: project.repository, ariaLabel: texts.repository }],
      docFooter: { prev: texts.previous, next: texts.next },
      returnToTopLabel: texts.returnToTop,
      sidebarMenuLabel: texts.sidebarMenu,
      langMenuLabel: texts.languageMenu,
      skipToContentLabel: texts.skipToContent,
      darkModeSwitchLabel: texts.appearance,
      lightModeSwitchTitle: texts.toLight,
      darkModeSwitchTitle: texts.toDark,
      notFound: {
        title: texts.notFound.title,
        quote: texts.notFound.text,
        linkText: texts.notFound.link,
        linkLabel: texts.notFound.link,
      },
    },
  };
}

/** A branch that is merged, in the colour of the text around it. */
const repositoryIcon =
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><circle cx="7" cy="5" r="2.5"/><circle cx="7" cy="19" r="2.5"/><circle cx="17" cy="9" r="2.5"/><path d="M7 7.5v9M17 11.5c0 3-10 1.5-10 5"/></svg>';

/** Where a page is as Markdown, for whoever looks for it. */
function pointToMarkdown(page: string): HeadConfig {
  return ['link', { rel: 'alternate', type: 'text/markdown', href: `${base}${page}` }];
}

/** The font of the headings is used only if it is there when they are drawn. */
function preloadFont(assets: readonly string[]): HeadConfig[] {
  return assets
    .filter((asset) => asset.endsWith('.woff2'))
    .map((href) => ['link', { rel: 'preload', href, as: 'font', type: 'font/woff2', crossorigin: '' }]);
}

export default defineConfig({
  base,
  title: 'MCP Auth',
  // While pages are being written: links to those that do not exist yet
  ignoreDeadLinks: process.env.DOCS_DRAFT !== undefined,
  srcExclude: ['README.md', 'test/**', 'code/**'],
  locales: Object.fromEntries(
    spoken.map((language) => [language.folder === '' ? 'root' : language.folder, createLocale(language)]),
  ),
  head: [
    ['meta', { name: 'theme-color', content: '#1b1b1f', media: '(prefers-color-scheme: dark)' }],
    ['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }],
  ],
  themeConfig: { search: createSearch(), logo: { src: '/icon.svg', alt: '' } },
  markdown: {
    config: extendMarkdown,
    // The nearest that the highlighter knows
    languageAlias: { caddy: 'nginx' },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  router: { prefetchLinks: false },
  transformPageData: ({ relativePath, frontmatter }) => {
    if (isStale(relativePath)) frontmatter.stale = true;
    if (isGenerated(relativePath)) frontmatter.editLink = false;
    frontmatter.languages = listLanguages(relativePath);
    frontmatter.moved = movedFrom(originalOf(relativePath));
    if (frontmatter.plays === 'login') frontmatter.loginSteps = readLoginSteps(relativePath);
    if (frontmatter.finds === 'faults') frontmatter.faults = readFaults(relativePath);
    const { home } = frontmatter as { readonly home?: HomeLinks };
    if (home !== undefined) frontmatter.linkTitles = readLinkTitles(home, relativePath);
    const lastUpdated = lastChangeOf(relativePath);
    return lastUpdated === undefined ? undefined : { lastUpdated };
  },
  transformHead: ({ page, pageData, assets }) => [
    ...preloadFont(assets),
    ...(pageData.isNotFound === true ? [] : [pointToMarkdown(page), ...describePage(pageData, base)]),
  ],
  ...(siteAddress === undefined ? {} : { sitemap: { hostname: siteAddress } }),
  transformHtml: (html, _path, { page }) =>
    page === '404.md' ? writeNotFound(html, spoken, base) : undefined,
  buildEnd: async (site) => {
    writePlainPages(site);
    await writeFrame(site);
  },
  vite: {
    plugins: [patchTheme(), publishTypes(), keepWhole()],
    resolve: {
      alias: [
        { find: /^.*\/composables\/langs(?:\.js)?$/, replacement: here('./theme/languages-menu.ts') },
        { find: /^@search\//, replacement: here('./theme/search/') },
      ],
    },
  },
});
