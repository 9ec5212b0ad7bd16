import { findShifts, findThemeBarriers, inspectPage } from './inspect-page.mjs';
import { addressOf, listPages, pageExists, samples, spoken } from './site.mjs';

const themes = ['light', 'dark'];

/** What every page must be, in both themes, on a phone, a tablet and a desk. */
export const pageChecks = listVisits().map(({ page, language, width, themes: [theme, ...others] }) => ({
  name: `${addressOf(page, language)} in ${[theme, ...others].join(' and ')}, ${width} px wide`,
  options: { theme, width },
  run: async (opened) => {
    await opened.visit(addressOf(page, language));
    // What moves by itself does so each time; what a machine was too slow for once does not
    if ((await findShifts(opened.page)).length > 0) {
      await opened.visit(addressOf(page, language));
      opened.problems.push(...(await findShifts(opened.page)));
    }
    opened.problems.push(...(await inspectPage(opened.page)));
    for (const other of others) {
      await opened.page.emulateMedia({ colorScheme: other });
      const found = await findThemeBarriers(opened.page);
      opened.problems.push(...found.map((problem) => `${other}: ${problem}`));
    }
  },
}));

/**
 * Every page in every form with `BROWSER=all`. Without, one page of each kind: both themes, a phone and a desk take turns; so do the
 * pages among the other languages.
 */
function listVisits() {
  if (process.env.BROWSER === 'all')
    return spoken.flatMap((language) =>
      listPages(language).flatMap((page) =>
        [390, 768, 1280].map((width) => ({ page, language, width, themes })),
      ),
    );
  const forms = themes.flatMap((theme) => [360, 1280].map((width) => ({ themes: [theme], width })));
  return spoken.flatMap((language, turn) => {
    const pages = Object.values(samples).filter((page) => pageExists(page, language));
    const chosen = pages.filter((_page, index) => turn === 0 || index % 5 === turn);
    return chosen.map((page, index) => ({ page, language, ...forms[(index + turn) % forms.length] }));
  });
}
