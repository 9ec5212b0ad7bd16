/* global document, getComputedStyle, navigator */
import { addressOf, pageExists, samples, spoken } from './site.mjs';

const maxHomeBytes = 150_000;

/** What a reader does: move about, choose tabs, change the language, read without scripts. */
export const readingChecks = [
  {
    name: `the home page with all it loads is under ${maxHomeBytes / 1000} kB`,
    run: async ({ page, problems, visit }) => {
      const sizes = [];
      page.on('requestfinished', (request) => sizes.push(request.sizes()));
      await visit('/');
      await page.waitForLoadState('networkidle');
      const total = (await Promise.all(sizes)).reduce(
        (sum, { responseBodySize }) => sum + responseBodySize,
        0,
      );
      if (total === 0) problems.push('nothing was loaded');
      if (total >= maxHomeBytes) problems.push(`${total} bytes`);
    },
  },
  {
    name: 'a choice of a framework holds for all groups, after a reload, and on other pages',
    run: async ({ page, problems, visit, reload }) => {
      await visit(addressOf(samples.start));
      await page.locator('.vp-code-group label', { hasText: 'Hono' }).first().click();
      const expectHono = async (where) => {
        const shown = await shownTabs(page);
        if (shown.length === 0 || shown.some((label) => label !== 'Hono'))
          problems.push(`${where}: ${shown}`);
      };
      await expectHono('after the click');
      await reload();
      await expectHono('after a reload');
      await visit('/');
      await expectHono('on the home page');
    },
  },
  {
    name: 'an installation is there for each package manager, within the tab of a framework, and the choice is kept',
    run: async ({ page, problems, visit, reload }) => {
      await visit(addressOf(samples.start));
      await page.locator('.variants label', { hasText: 'pnpm' }).first().click();
      const shown = page.locator('.variants .language-sh:visible');
      const expectPnpm = async (where) => {
        const commands = await shown.locator('code').allInnerTexts();
        if (commands.length === 0 || commands.some((command) => !command.startsWith('pnpm ')))
          problems.push(`${where}: ${commands.join(', ') || 'nothing'}`);
      };
      await expectPnpm('after the click');
      await page.locator('.vp-code-group label', { hasText: 'Hono' }).first().click();
      await expectPnpm('in another tab');
      await reload();
      await expectPnpm('after a reload');
    },
  },
  {
    name: 'a sample is there without its types',
    run: async ({ page, problems, visit }) => {
      await visit(addressOf(samples.guide));
      const group = page.locator('.variants', { hasText: 'JavaScript' }).first();
      await group.locator('label', { hasText: 'JavaScript' }).click();
      if (!(await group.locator('.language-js').isVisible())) problems.push('it is not shown');
    },
  },
  {
    name: 'buttons to copy code are there where nothing hovers',
    options: { touch: true },
    run: async ({ page, problems, visit }) => {
      await visit(addressOf(samples.start));
      const opacity = await page
        .locator('button.copy')
        .first()
        .evaluate((button) => getComputedStyle(button).opacity);
      if (opacity !== '1') problems.push(`the opacity is ${opacity}`);
    },
  },
  {
    name: 'a page is copied as Markdown, and leads to its source',
    run: async ({ page, problems, visit }) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await visit(addressOf(samples.guide));
      await page.locator('.copy-page a').click();
      await page.locator('.copy-page [role=status]', { hasText: 'Copied' }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      if (!copied.startsWith('# ')) problems.push(`copied: ${copied.slice(0, 80)}`);
      const edit = await page.locator('.edit-link-button').getAttribute('href');
      if (!edit?.endsWith(`/docs/${samples.guide}.md`)) problems.push(`the page is edited at ${edit}`);
    },
  },
  {
    name: 'a link to an error leads to its heading',
    run: async ({ page, problems, visit }) => {
      await visit(`${addressOf(samples.errors)}#token_expired`);
      const box = await page.locator('[id="token_expired"]').boundingBox();
      if (box === null || box.y < 0 || box.y > 400) problems.push(`the heading is at ${box?.y}`);
    },
  },
  ...spoken.slice(1).map((language) => ({
    name: `the language menu leads to the same page in ${language.label}, and back`,
    run: async ({ page, visit }) => {
      await visit(addressOf(samples.start));
      await chooseLanguage(page, language.label);
      await page.waitForURL(`**${addressOf(samples.start, language)}`);
      await page.waitForFunction((tag) => document.documentElement.lang === tag, language.tag);
      await chooseLanguage(page, 'English');
      await page.waitForURL(`**${addressOf(samples.start)}`);
    },
  })),
  ...spoken.slice(1, 2).map((language) => ({
    name: 'from a page that is English for everybody the menu leads to the home of the language',
    run: async ({ page, visit }) => {
      await visit(addressOf(samples.record));
      await chooseLanguage(page, language.label);
      await page.waitForURL(`**${addressOf('', language)}`);
    },
  })),
  {
    name: 'an address without a page is answered with a page that says so',
    run: async ({ page, problems, origin }) => {
      await page.goto(`${origin}/nowhere.html`);
      await page.locator('.NotFound').getByText('There is no such page').waitFor();
      return problems.filter((problem) => !problem.includes('404'));
    },
  },
  ...spoken.flatMap((language) =>
    ['home', 'start', 'errors', 'tutorial', 'provider', 'guide']
      .map((key) => samples[key])
      .filter((page) => pageExists(page, language))
      .map((page) => ({
        name: `${addressOf(page, language)} can be read without JavaScript`,
        options: { script: false },
        run: (opened) => readWithoutScript(opened, addressOf(page, language)),
      })),
  ),
];

async function chooseLanguage(page, label) {
  await page.locator('.VPNavBarTranslations button').hover();
  await page.locator('.VPNavBarTranslations a', { hasText: label }).click();
}

/** The labels of the tabs whose block is shown, for every group that has frameworks. */
function shownTabs(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('.vp-code-group')]
      .filter((group) => /Express[\s\S]*Hono/.test(group.querySelector('.tabs')?.textContent ?? ''))
      .map((group) => {
        const blocks = [...group.querySelectorAll(':scope > .blocks > *')];
        const index = blocks.findIndex((block) => block.getClientRects().length > 0);
        return group.querySelectorAll(':scope > .tabs label')[index]?.textContent?.trim();
      }),
  );
}

async function readWithoutScript({ page, problems, visit }, path) {
  await visit(path);
  const title = await page.locator('h1').innerText();
  const text = await page.locator('#VPContent').innerText();
  if (title.trim() === '' || text.length < 500)
    problems.push(`shows ${text.length} characters under "${title}"`);
  const groups = page.locator('.vp-code-group');
  if ((await groups.count()) > 0) {
    const group = groups.first();
    await group.locator(':scope > .tabs label').last().click();
    if (!(await group.locator(':scope > .blocks > *').last().isVisible()))
      problems.push('tabs do not switch');
  }
}
