import { languageOf, type Language } from '../languages.mjs';
import { en } from './en';
import { ja } from './ja';
import { ko } from './ko';
import type { ThemeTexts } from './texts';
import { zhTw } from './zh-tw';

const texts: Readonly<Record<Language['folder'], ThemeTexts>> = { '': en, ko, ja, 'zh-tw': zhTw };

export function themeTexts({ folder }: Pick<Language, 'folder'>): ThemeTexts {
  return texts[folder];
}

/** What the theme says on a page. */
export function themeTextsOf(page: string): ThemeTexts {
  return themeTexts(languageOf(page));
}
