/* global document, innerWidth, window, axe */
import { createRequire } from 'node:module';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** How much of what a reader looks at may move by itself while a page loads: what counts as good for Cumulative Layout Shift. */
const maxShift = 0.1;

/**
 * What an open page does to its reader: wider than the window, code or tables that end behind an edge, and barriers that axe finds
 * serious.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
export async function inspectPage(page) {
  const { overflow, cut } = await page.evaluate(measure);
  const wide = overflow > 0 ? [`${overflow} px wider than the window`] : [];
  return [...cut, ...wide, ...(await findBarriers(page))];
}

/** What has moved while an open page was loading. */
export async function findShifts(page) {
  const { total, moved } = await page.evaluate(() => window.layoutShift);
  return total > maxShift ? [`moves while it loads: ${total.toFixed(3)}, ${moved.join(', ')}`] : [];
}

/** What another theme can change: its colors. */
export const findThemeBarriers = (page) =>
  findBarriers(page, { runOnly: ['color-contrast', 'link-in-text-block'] });

/** Runs in every page before its own scripts: adds up what moves without somebody having asked for it. */
export function watchShifts() {
  const shift = { total: 0, moved: [] };
  window.layoutShift = shift;
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      shift.total += value;
      for (const { node } of sources)
        if (node !== null && node !== undefined && shift.moved.length < 5)
          shift.moved.push(`${node.nodeName}.${node.className ?? ''}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Runs in the page. Narrow tables must not be cut; wide ones keep their first column in sight. */
function measure() {
  const isCut = (element) =>
    element.getClientRects().length > 0 && element.scrollWidth > element.clientWidth + 1;
  const blocks = [...document.querySelectorAll('.vp-doc pre, .flow pre, .tool pre, .vp-doc table')];
  return {
    overflow: document.documentElement.scrollWidth - innerWidth,
    cut: blocks
      .filter((block) => isCut(block) && block.querySelector('th:nth-child(4)') === null)
      .map(
        (block) => `cut: ${block.scrollWidth} px in ${block.clientWidth}: ${block.textContent.slice(0, 60)}`,
      ),
  };
}

/**
 * Findings of axe that keep people out.
 *
 * @param {import('playwright-core').Page} page
 * @param {object} [options] of axe
 */
export async function findBarriers(page, options = {}) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: axePath });
  const violations = await page.evaluate(async (given) => {
    const result = await axe.run(document, { resultTypes: ['violations'], ...given });
    return result.violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      targets: nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`),
    }));
  }, options);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, targets }) => `axe ${id}: ${targets.join('; ').replaceAll(/\s+/g, ' ')}`);
}
