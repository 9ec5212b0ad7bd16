import { languageOf, type Language } from '../../../languages.mjs';
import { en } from './en';
import type { FlowTexts } from './flow-texts';
import { ja } from './ja';
import { ko } from './ko';
import { zhTw } from './zh-tw';

const texts: Readonly<Record<Language['folder'], FlowTexts>> = { '': en, ko, ja, 'zh-tw': zhTw };

/** What the flow viewer says on a page. */
export function flowTextsOf(page: string): FlowTexts {
  return texts[languageOf(page).folder];
}
