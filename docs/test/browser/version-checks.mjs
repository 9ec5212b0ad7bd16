/* global document */
import { stampHtml } from '../../scripts/versions/stamp-pages.mjs';
import { addressOf, readPage, samples, spoken } from './site.mjs';

/** What the bar of another version does to a page: it stands above everything, and hides nothing. */
export const versionChecks = spoken.map((language, index) => ({
  name: `a page of what comes next says so in ${language.label}, and leads to the last release`,
  // A phone and a desk take turns; the longest sentence is English, and is seen on a phone
  options: { width: index % 2 === 0 ? 390 : 1280 },
  run: async ({ page, problems, visit }) => {
    const address = addressOf(samples.start, language);
    const html = stampHtml(readPage(samples.start, language), {
      folder: 'next',
      page: address.slice(1),
      folders: ['next', 'v1.2', 'v1.1'],
      last: '1.2',
      same: address,
    });
    await page.route(`**${address}`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await visit(address);
    const seen = await page.evaluate(() => {
      const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
      const bar = document.querySelector('.other-version');
      return {
        bar: box('.other-version'),
        below: Math.max(...['.VPNavBar', '.VPNav'].map((each) => box(each)?.top ?? 0)),
        cut: bar === null || bar.scrollHeight > bar.clientHeight || bar.scrollWidth > bar.clientWidth,
        wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      };
    });
    if (seen.bar?.top !== 0 || seen.bar.height === 0) problems.push('no bar is on top');
    else if (seen.below < seen.bar.bottom) problems.push(`the bar hides what begins at ${seen.below}`);
    if (seen.cut) problems.push('the bar is cut');
    if (seen.wide) problems.push('the page is wider than the window');
    const links = await page
      .locator('.other-version a')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    await page.route('**/v1.1/**', (route) => route.fulfill({ contentType: 'text/html', body: 'of 1.1' }));
    await page.locator('.other-version a').last().click();
    await page.waitForURL('**/v1.1/**');
    const shown = await page.locator('body').innerText();
    if (shown !== 'of 1.1') problems.push('the router of the page has taken the link');
    if (links.join() !== `${address},/v1.1/`) problems.push(`the bar leads to ${links.join()}`);
  },
}));
