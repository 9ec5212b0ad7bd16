import type { DefaultTheme } from 'vitepress';
import type { Language } from '../languages.mjs';
import { themeTexts } from '../locales';
import versions from '../versions.json';
import { pageExists, toLink } from './pages';

/** The bar on top: only what exists in the language, and the version of the site. */
export function createNavigation(language: Language): DefaultTheme.NavItem[] {
  const { nav } = themeTexts(language);
  const prefix = language.folder === '' ? '' : `${language.folder}/`;
  const entry = (text: string, page: string, activeMatch: string): DefaultTheme.NavItemWithLink[] =>
    pageExists(prefix + page) ? [{ text, link: toLink(prefix + page), activeMatch }] : [];
  return [
    ...entry(nav.start, 'get-started', '/(get-started|how-it-works|after-the-login|tutorials)'),
    ...entry(nav.providers, 'providers/index', '/(providers/|tools/configuration-builder)'),
    ...entry(nav.help, 'troubleshooting', '/(troubleshooting|errors|tools/(?!configuration-builder))'),
    { text: nav.api, link: '/reference/api/', activeMatch: '^/reference/api/' },
    createVersions(language),
  ];
}

/** A release is a copy of the site under a folder of its own; docs/README.md tells how it is made. */
function createVersions(language: Language): DefaultTheme.NavItemWithChildren {
  const { nav } = themeTexts(language);
  const current = process.env.DOCS_VERSION ?? versions.current;
  // Below the root nobody can link up; there the bar on top leads to other versions
  const others = JSON.parse(process.env.DOCS_OTHERS ?? '[]') as readonly { label: string; link: string }[];
  const home = language.folder === '' ? '/' : `/${language.folder}/`;
  return {
    text: current,
    items: [
      { text: `${current} (${nav.currentVersion})`, link: home },
      { text: themeTexts(language).releases, link: '/reference/releases' },
      ...others.map(({ label, link }) => ({ text: label, link, target: '_self' })),
    ],
  };
}
