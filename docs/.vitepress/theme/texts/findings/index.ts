import { languageOf, type Language } from '../../../languages.mjs';
import type { FindingTexts } from './finding-texts';

type Load = () => Promise<FindingTexts>;

/** The library itself speaks English. */
const tables: Readonly<Record<Exclude<Language['folder'], ''>, Load>> = {
  ko: async () => (await import('./ko')).ko,
  ja: async () => (await import('./ja')).ja,
  'zh-tw': async () => (await import('./zh-tw')).zhTw,
};

/** The findings in the language of a page; nothing on English pages and when the table cannot be loaded. */
export async function loadFindingTexts(page: string): Promise<FindingTexts | undefined> {
  const { folder } = languageOf(page);
  return folder === '' ? undefined : tables[folder]().catch(() => undefined);
}
