import { languageOf, type Language } from '../../languages.mjs';
import { en } from './en';
import { ja } from './ja';
import { ko } from './ko';
import type { ToolTexts } from './tool-texts';
import { zhTw } from './zh-tw';

const texts: Readonly<Record<Language['folder'], ToolTexts>> = { '': en, ko, ja, 'zh-tw': zhTw };

/** What the tools say on a page. */
export function toolTextsOf(page: string): ToolTexts {
  return texts[languageOf(page).folder];
}
