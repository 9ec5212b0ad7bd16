import type { DefaultTheme } from 'vitepress';
import { isEnglishOnly, type Language } from '../languages.mjs';
import { themeTexts } from '../locales';
import type { GroupKey } from '../locales/texts';
import { listEntries } from '../page-list.mjs';
import { pageExists, readTitle, toLink } from './pages';

/** The group that is open before a page of another one is read. */
const firstGroup: GroupKey = 'protect';

/** The sidebar of a language: every journey in the order of pages.json, every page under its own heading. */
export function createSidebar(language: Language): DefaultTheme.SidebarItem[] {
  const texts = themeTexts(language);
  return listEntries().flatMap(({ key, entries }) => {
    const items = entries.flatMap(({ page, pages }) => createItem(page, pages, language));
    return items.length === 0
      ? []
      : [{ text: texts.groups[key as GroupKey], items, collapsed: key !== firstGroup }];
  });
}

function createItem(page: string, pages: readonly string[], language: Language): DefaultTheme.SidebarItem[] {
  const translated = language.folder === '' || isEnglishOnly(page) ? page : `${language.folder}/${page}`;
  if (!pageExists(translated)) return [];
  const item = { text: titleIn(translated, page, language), link: toLink(translated) };
  // What is in English only is listed in the English sidebar
  const below = pages.filter((each) => language.folder === '' || !isEnglishOnly(each));
  const items = below.flatMap((each) => createItem(each, [], language));
  return [items.length === 0 ? item : { ...item, collapsed: true, items }];
}

function titleIn(translated: string, page: string, language: Language): string {
  return readTitle(translated) + (translated === page ? themeTexts(language).englishOnly : '');
}
