/* global document, innerWidth, navigator, PerformanceObserver */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listTypedPages } from '../../scripts/sample-types/read-samples.mjs';
import { findBarriers } from './inspect-page.mjs';
import { addressOf, dist, readPage, samples, spoken } from './site.mjs';

const [english, , japanese] = spoken;

/** A name that each of these samples has, and what its documentation says. */
const word = 'protectedResourceMetadataRouter';
const sentence = /A router that publishes the metadata of all configured resources/;

const note = (page) => page.locator('#type-note');

const widthOf = (page) => note(page).evaluate(({ offsetWidth }) => offsetWidth);

/** The first sample of the page that has types, once they are there. */
async function findName(page, name = word) {
  const found = page.locator('[data-types] .typed-name', { hasText: new RegExp(`^${name}$`) }).first();
  await page.locator('[data-types]').first().scrollIntoViewIfNeeded();
  await found.waitFor();
  return found;
}

/** What somebody hears who stands on an element, and sees nothing. */
async function hear(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const focused = nodes.find(({ role, properties = [] }) => {
    const isFocused = properties.some(({ name, value }) => name === 'focused' && value.value === true);
    return isFocused && role?.value !== 'RootWebArea';
  });
  return `${focused?.name?.value ?? ''}: ${focused?.description?.value ?? ''}`;
}

/** Samples that say what their names are. */
export const typeChecks = [
  ...[english, japanese].filter(Boolean).flatMap((language, turn) =>
    ['light', 'dark'].map((theme, other) => ({
      name: `${addressOf(samples.guide, language)}: a name in a sample says what it is, in the ${theme} theme`,
      options: { theme, width: turn === other ? 390 : 1280 },
      run: async ({ page, problems, visit }) => {
        await page.addInitScript(watchShifts);
        await visit(addressOf(samples.guide, language));
        const name = await findName(page);
        await name.hover();
        await note(page).filter({ hasText: sentence }).waitFor();
        const width = await widthOf(page);
        problems.push(...(await page.evaluate(findOverflow)), ...(await findBarriers(page)));
        await page.keyboard.press('Escape');
        await note(page).waitFor({ state: 'hidden' });

        await name.focus();
        await note(page).filter({ hasText: sentence }).waitFor();
        const heard = await hear(page);
        if (!heard.startsWith(`${word}: `) || !sentence.test(heard)) problems.push(`it is heard as ${heard}`);
        await page.keyboard.press('ArrowLeft');
        await note(page).filter({ hasText: 'const mcpAuth: MCPAuth' }).waitFor();
        await page.keyboard.press('Home');
        await note(page).filter({ hasText: 'class MCPAuth' }).waitFor();
        await name.focus();
        const again = await widthOf(page);
        if (again !== width) problems.push(`the note is ${width} px wide, and ${again} px after another one`);
        await page.keyboard.press('Tab');
        await note(page).waitFor({ state: 'hidden' });
        const shifts = await page.evaluate(() => globalThis.shifts);
        if (shifts.length > 0) problems.push(`the page moves: ${shifts.join(', ')}`);
      },
    })),
  ),
  {
    name: 'a name in a sample says what it is to a finger, until the next touch elsewhere',
    options: { touch: true, width: 390 },
    run: async ({ page, problems, visit }) => {
      await visit(addressOf(samples.guide));
      await (await findName(page)).tap();
      await note(page).filter({ hasText: sentence }).waitFor();
      problems.push(...(await page.evaluate(findOverflow)));
      await page.locator('h1').tap();
      await note(page).waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'a sample whose names say what they are is one stop of the keyboard, and is copied as it is written',
    run: async ({ page, problems, visit }) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await visit(addressOf(samples.guide));
      await findName(page);
      const block = page.locator('[data-types]').first();
      const stops = await block.locator('pre[tabindex="0"], pre [tabindex="0"]').count();
      if (stops !== 1) problems.push(`${stops} stops`);
      const label = await block.locator('pre').getAttribute('aria-label');
      if (!label?.includes('arrow keys')) problems.push(`it is called ${label}`);
      await block.hover();
      await block.locator('button.copy').click();
      await block.locator('button.copy.copied').waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const written = readFileSync(join(dist, `${samples.guide}.md`), 'utf8');
      if (!copied.includes(word) || !written.includes(copied.trimEnd())) problems.push(`copied: ${copied}`);
    },
  },
  {
    name: 'every chosen page has a sample with types, in each language, and no word of them; what they say is short, and is understood alone',
    run: async () => {
      const unmarked = listTypedPages().flatMap((page) =>
        spoken
          .filter((language) => !readPage(page === 'index' ? '' : page, language)?.includes(' data-types="'))
          .map(({ label }) => `${page} in ${label} has none`),
      );
      const files = readdirSync(join(dist, 'types')).map((file) => join(dist, 'types', file));
      const large = files.filter((file) => readFileSync(file).length > 16_000);
      const vague = files.filter((file) => readFileSync(file, 'utf8').includes('"The same '));
      const written = readFileSync(join(dist, `${samples.guide}.md`), 'utf8');
      return [
        ...unmarked,
        ...large.map((file) => `${file} is large`),
        ...vague.map((file) => `${file} has a doc comment that tells of another one`),
        ...(sentence.test(written) || written.includes('data-types') ? ['the Markdown has types'] : []),
      ];
    },
  },
];

/** Runs in the page, before it: what of the text moves without being asked. */
function watchShifts() {
  globalThis.shifts = [];
  const isText = ({ node }) => (node?.parentElement?.closest('.vp-doc') ?? null) !== null;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (!hadRecentInput && sources.some(isText)) globalThis.shifts.push(value);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Runs in the page: what is behind an edge of the window while the note is shown. */
function findOverflow() {
  const { left, right } = document.querySelector('#type-note').getBoundingClientRect();
  const wider = document.documentElement.scrollWidth - innerWidth;
  return [
    ...(wider > 0 ? [`${wider} px wider than the window`] : []),
    ...(left < 0 || right > innerWidth ? [`the note goes from ${left} to ${right}`] : []),
  ];
}
