/* global document, innerWidth, axe */
import { createRequire } from 'node:module';
import { addressOf, pageExists, samples, spoken } from './site.mjs';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What every page must be, in both themes, on a phone and on a desk. */
export const pageChecks = listVisits().map(({ page, language, theme, width }) => ({
  name: `${addressOf(page, language)} in the ${theme} theme, ${width} px wide`,
  options: { theme, width },
  run: async (opened) => {
    await opened.visit(addressOf(page, language));
    const overflow = await opened.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) opened.problems.push(`${overflow} px wider than the window`);
    opened.problems.push(...(await opened.page.evaluate(findCut)));
    opened.problems.push(...(await findBarriers(opened.page)));
  },
}));

/** Both themes and both widths take turns in pairs; so do the pages among the other languages. `BROWSER=all` tries everything. */
function listVisits() {
  const forms = ['light', 'dark'].flatMap((theme) => [360, 1280].map((width) => ({ theme, width })));
  return spoken.flatMap((language, turn) => {
    const pages = Object.values(samples).filter((page) => pageExists(page, language));
    return pages.flatMap((page, index) =>
      chooseForms(forms, turn, index).map((form) => ({
        page,
        language,
        ...form,
      })),
    );
  });
}

function chooseForms(forms, turn, index) {
  if (process.env.BROWSER === 'all') return forms;
  const [lightPhone, lightDesk, darkPhone, darkDesk] = forms;
  if (turn === 0) return index % 2 === 0 ? [lightPhone, darkDesk] : [lightDesk, darkPhone];
  return index % 3 === turn - 1 ? [forms[(index + turn) % forms.length]] : [];
}

/** Runs in the page: code that ends behind an edge, and narrow tables that do. Wide ones keep their first column in sight. */
function findCut() {
  const isCut = (element) =>
    element.getClientRects().length > 0 && element.scrollWidth > element.clientWidth + 1;
  const blocks = [...document.querySelectorAll('.vp-doc pre, .flow pre, .tool pre, .vp-doc table')];
  return blocks
    .filter((block) => isCut(block) && block.querySelector('th:nth-child(4)') === null)
    .map(
      (block) => `cut: ${block.scrollWidth} px in ${block.clientWidth}: ${block.textContent.slice(0, 60)}`,
    );
}

/** Findings of axe that keep people out. */
export async function findBarriers(page) {
  await page.addScriptTag({ path: axePath });
  const violations = await page.evaluate(async () => {
    const result = await axe.run(document, { resultTypes: ['violations'] });
    return result.violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      targets: nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`),
    }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, targets }) => `axe ${id}: ${targets.join('; ').replaceAll(/\s+/g, ' ')}`);
}
