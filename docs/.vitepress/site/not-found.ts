import type { Language } from '../languages.mjs';
import { themeTexts } from '../locales';

/** What the page for addresses that lead nowhere says where no script writes it: in every language, as it does not know which. */
export function writeNotFound(html: string, languages: readonly Language[], base: string): string {
  const lines = languages.map((language) => {
    const { title, link } = themeTexts(language).notFound;
    const home = language.folder === '' ? base : `${base}${language.folder}/`;
    return `<p lang="${language.tag}">${title}. <a href="${home}">${link}</a></p>`;
  });
  return html.replace('<div id="app">', `<noscript>${lines.join('')}</noscript>$&`);
}
