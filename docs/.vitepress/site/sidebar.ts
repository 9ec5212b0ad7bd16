import type { DefaultTheme } from 'vitepress';
import { isEnglishOnly, type Language } from '../languages.mjs';
import { themeTexts } from '../locales';
import type { GroupKey } from '../locales/texts';
import { listGroups } from '../page-list.mjs';
import { listPages, pageExists, readTitle, toLink } from './pages';

/** Groups that start closed: what a reader looks up rather than reads. */
const closed: ReadonlySet<string> = new Set(['upgrade', 'reference', 'contribute']);

/** The sidebar of a language: every group in the order of pages.json, every page under its own heading. */
export function createSidebar(language: Language): DefaultTheme.SidebarItem[] {
  const texts = themeTexts(language);
  return listGroups().flatMap(({ key, pages }) => {
    const items = pages.flatMap((page) => createItem(page, language));
    return items.length === 0
      ? []
      : [{ text: texts.groups[key as GroupKey], items, collapsed: closed.has(key) }];
  });
}

function createItem(page: string, language: Language): DefaultTheme.SidebarItem[] {
  const translated = language.folder === '' || isEnglishOnly(page) ? page : `${language.folder}/${page}`;
  if (!pageExists(translated)) return [];
  const suffix = translated === page ? themeTexts(language).englishOnly : '';
  const item = { text: readTitle(translated) + suffix, link: toLink(translated) };
  const children = language.folder === '' ? listChildren(page) : [];
  return [children.length === 0 ? item : { ...item, collapsed: true, items: children }];
}

/** The pages beside the index of a collection of records. */
function listChildren(page: string): DefaultTheme.SidebarItem[] {
  if (page !== 'decisions/index' && page !== 'reference/metadata/index') return [];
  const folder = page.replace(/\/index$/, '');
  return listPages(folder)
    .filter((name) => name !== 'index')
    .map((name) => ({ text: readTitle(`${folder}/${name}`), link: toLink(`${folder}/${name}`) }));
}
