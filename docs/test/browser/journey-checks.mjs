/* global document, innerWidth */
import { findBarriers } from './inspect-page.mjs';
import { addressOf, pageExists, spoken } from './site.mjs';

const [viewer, builder, finder] = ['tools/flow-viewer', 'tools/configuration-builder', 'troubleshooting'];

const positionOf = (page) => page.locator('.flow .position').innerText();

/** The home page, and the tools that it leads to. */
export const journeyChecks = [
  {
    name: 'home page: the login is played by the keyboard, and stands still for those who want little motion',
    run: async ({ page, problems, visit }) => {
      await visit('/');
      const pre = page.locator('.flow pre').first();
      const first = await pre.innerText();
      await page.locator('.flow').scrollIntoViewIfNeeded();
      if ((await positionOf(page)) !== '1 / 11') problems.push(`begins at ${await positionOf(page)}`);
      await page.locator('.flow .rows button').first().focus();
      await page.keyboard.press('ArrowRight');
      if ((await positionOf(page)) !== '2 / 11') problems.push(`goes to ${await positionOf(page)}`);
      if ((await pre.innerText()) === first) problems.push('the message is the same');
      await page.keyboard.press('ArrowLeft');
      if ((await pre.innerText()) !== first) problems.push('the message does not come back');
      await page.locator('.flow .controls .main').click();
      await page.waitForFunction(() => document.querySelector('.flow .position').textContent.startsWith('2'));
      await page.locator('.flow .controls .main').click();
    },
  },
  {
    name: 'home page: the login plays by itself once it is seen, until the reader does something',
    options: { motion: 'no-preference' },
    run: async ({ page, problems, visit }) => {
      await visit('/');
      await page.locator('.flow .controls').scrollIntoViewIfNeeded();
      await page.waitForFunction(() => document.querySelector('.flow .position').textContent.startsWith('2'));
      await page.locator('.flow .rows button').nth(4).click();
      if ((await page.locator('.flow .controls .main').innerText()) !== 'Play') problems.push('it goes on');
      if ((await positionOf(page)) !== '5 / 11') problems.push(`is at ${await positionOf(page)}`);
    },
  },
  ...spoken.map((language) => ({
    name: `home page in ${language.label}: every message has its step, every number is counted, every journey its links`,
    options: { script: false, width: 360 },
    run: async ({ page, problems, visit }) => {
      await visit(addressOf('', language));
      const steps = await page.locator('.flow .rows .title').allInnerTexts();
      if (steps.length !== 11 || steps.some((step) => !/^\d+(?:\.\d)? .{3,}/.test(step)))
        problems.push(`steps: ${steps.join('; ')}`);
      if (new Set(steps).size !== steps.length) problems.push('two messages have one number');
      const values = await page.locator('.facts .value').allInnerTexts();
      if (values.length !== 5 || values.some((value) => !/^\d/.test(value)))
        problems.push(`values: ${values.join('; ')}`);
      const text = await page.locator('.home').innerText();
      if (/\{\w+\}/.test(text)) problems.push(`a name stands for nothing: ${/\{\w+\}/.exec(text)[0]}`);
      const groups = await page
        .locator('.ways nav')
        .evaluateAll((all) =>
          all.map((nav) => [...nav.querySelectorAll('a')].filter((link) => link.textContent.trim()).length),
        );
      if (groups.length !== 7 || groups.some((count) => count < 3)) problems.push(`links: ${groups}`);
    },
  })),
  ...spoken.map((language) => ({
    name: `home page in ${language.label}: the headline breaks between words, and not behind “MCP”`,
    run: async ({ page, problems, visit }) => {
      for (const width of [360, 768, 1280, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        await visit(addressOf('', language));
        const lines = await page.locator('.home h1').evaluate(readLines);
        const isAmiss = (line) =>
          /MCP\s*$/.test(line) || (/^(?:zh|ko)/.test(language.tag) && !/[\s\p{P}]$/u.test(line));
        const amiss = lines.slice(0, -1).filter(isAmiss);
        if (amiss.length > 0) problems.push(`${width} px: ${lines.join(' | ')}`);
      }
    },
  })),
  ...spoken.map((language) => ({
    name: `the bar on top fits a tablet in ${language.label}`,
    options: { width: 768 },
    run: async ({ page, problems, visit }) => {
      await visit(addressOf(viewer, language));
      const beyond = await page
        .locator('.VPNavBar :is(a, button):visible')
        .evaluateAll((all) =>
          all
            .filter((each) => each.getBoundingClientRect().right > innerWidth)
            .map((each) => each.textContent.trim()),
        );
      if (beyond.length > 0) problems.push(`beyond the window: ${beyond.join(', ')}`);
    },
  })),
  {
    name: 'flow viewer: each flow has its address, and each message its clauses',
    run: async ({ page, problems, visit }) => {
      for (const [flow, wanted] of [
        ['step-up', 'insufficient_scope'],
        ['dpop', 'DPoP'],
        ['refusals', 'invalid_token'],
        ['outage', 'structuredContent'],
      ]) {
        await visit(`${addressOf(viewer)}#${flow}`);
        await page.locator('.flow pre').last().getByText(wanted).first().waitFor();
        const clauses = await page.locator('.flow .clauses a').allInnerTexts();
        if (clauses.length === 0 || clauses.some((clause) => !/^RFC \d{4} §[\d.]+$/.test(clause)))
          problems.push(`${flow}: ${clauses.join(', ')}`);
        await page.goto('about:blank');
      }
    },
  },
  {
    name: 'configuration builder: code and steps are those of what was chosen, and a link brings them back',
    run: async ({ page, problems, visit }) => {
      await visit(addressOf(builder));
      const code = page.locator('.tool figure pre').first();
      await code.waitFor();
      await page.locator('#builder-framework').selectOption('hono');
      await page.locator('#builder-provider').selectOption('keycloak');
      await page.locator('#builder-scopes').fill('notes:read');
      await code.getByText(/keycloak\(\{[\s\S]*requiredScopes: \['notes:read'\]/).waitFor();
      await page.locator('.tool .steps').getByText('audience mapper').first().waitFor();
      await page.locator('.share button').click();
      const link = await page.locator('.share input').inputValue();
      problems.push(...(await findBarriers(page)));
      await page.goto('about:blank');
      await page.goto(link);
      await code.getByText('@mcp-auth/hono/providers').waitFor();
      await page.locator('#builder-resource').fill('mcp.example.com/mcp');
      await page.locator('#builder-resource-problem').getByText('https://').waitFor();
      await page.locator('#builder-resource').fill('http://localhost:3188/');
      await code.getByText(/app\.all\('\/', [\s\S]*port: 3188/).waitFor();
      if ((await page.locator('#builder-resource-problem').innerText()) !== '')
        problems.push('a good URL is complained about');
      const current = await page.locator('.VPNavBarMenu .active').innerText();
      if (current !== 'Providers') problems.push(`the bar on top marks ${current}`);
    },
  },
  {
    name: 'why does it fail: a challenge, a sentence, a line of a log, a document and a token lead on',
    run: async ({ page, problems, visit }) => {
      await visit(addressOf(finder));
      const find = async (text, kind, link) => {
        await page.locator('#finder-text').fill(text);
        await page.locator('.tool button[type=submit]').click();
        await page.locator(`.findings [data-kind=${kind}] a[href*="${link}"]`).first().waitFor();
      };
      await find(
        'WWW-Authenticate: Bearer scope="a b",\n  resource_metadata="https://a.example/x"',
        'no-error',
        '#no-error-code',
      );
      await find('Bearer error="invalid_token", scope="a"', 'code', '#invalid_token');
      await find(
        'error: Protected resource http://a does not match expected http://b (or origin)',
        'sentence',
        'errors',
      );
      await find('[mcp-auth] 401 wrong_audience', 'code', '#wrong_audience');
      await find('Error: connect ECONNREFUSED 127.0.0.1:9400', 'sentence', '#system-codes');
      await find(
        '[mcp-auth] Requests come for the host "127.0.0.1:3177", and the resource is http://localhost:3177/mcp.',
        'sentence',
        '#log-lines',
      );
      await find('{"issuer": "https://auth.example.com"}', 'document', 'metadata-checker.html#state=');
      await find(
        'Authorization: Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJhIn0.c2lnbmF0dXJl',
        'token',
        'token-explainer.html#state=',
      );
      const carried = await page.locator('.findings [data-kind=token] a').getAttribute('href');
      const state = Buffer.from(carried.split('#state=')[1], 'base64url').toString();
      if (state.includes('c2lnbmF0dXJl')) problems.push('the link holds the signature');
      await page.locator('#finder-text').fill('nothing of the kind');
      await page.locator('.tool button[type=submit]').click();
      await page.locator('.tool .verdict').waitFor();
      problems.push(...(await findBarriers(page)));
    },
  },
  ...spoken.slice(1).flatMap((language) =>
    [viewer, builder, finder]
      .filter((page) => pageExists(page, language))
      .map((page, index) => ({
        name: `${addressOf(page, language)} on a phone keeps nobody out`,
        options: { width: 360, theme: index === 1 ? 'dark' : 'light' },
        run: async (opened) => {
          await opened.visit(addressOf(page, language));
          await opened.page.locator('.tool').waitFor();
          const overflow = await opened.page.evaluate(
            () => document.documentElement.scrollWidth - innerWidth,
          );
          if (overflow > 0) opened.problems.push(`${overflow} px wider than the window`);
          opened.problems.push(...(await findBarriers(opened.page)));
        },
      })),
  ),
];

/** The lines of a heading as they are drawn. Runs in the browser. */
function readLines(heading) {
  const range = document.createRange();
  const text = heading.firstChild;
  const lines = [];
  let top = -Infinity;
  for (let index = 0; index < text.length; index++) {
    range.setStart(text, index);
    range.setEnd(text, index + 1);
    const box = range.getBoundingClientRect();
    if (box.top > top + 10) {
      top = box.top;
      lines.push('');
    }
    lines[lines.length - 1] += text.data[index];
  }
  return lines;
}
