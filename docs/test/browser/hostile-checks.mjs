/* global document, Event, getComputedStyle, history, localStorage, sessionStorage */
import { fragments, issuer, pasted, states, tokenOf, tokens } from './hostile-inputs.mjs';
import { serveAnswers } from './serve.mjs';
import { addressOf, samples } from './site.mjs';

const tools = {
  explainer: samples.explainer,
  checker: samples.checker,
  builder: 'tools/configuration-builder',
  finder: 'troubleshooting',
};

/** As large as it is, without typing it. */
const put = (page, selector, text) =>
  page.locator(selector).evaluate((field, value) => {
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
const submit = (page) => page.locator('.tool button[type=submit]').click();

const hostileInput = [
  {
    name: 'token explainer: whatever a token holds, it is judged, shown as what it is, and breaks nothing',
    run: async ({ page, problems, visit }) => {
      page.on('dialog', (dialog) => {
        problems.push(`runs ${dialog.message()}`);
        void dialog.dismiss();
      });
      for (const [name, token] of Object.entries(tokens)) {
        await page.goto('about:blank');
        await visit(addressOf(tools.explainer));
        await put(page, '#explainer-token', token);
        await submit(page);
        await page.locator('.tool .verdict').waitFor();
        const grown = await page.locator('.tool .result').locator('img, svg, script').count();
        if (grown > 0) problems.push(`${name}: became markup`);
      }
      await put(page, '#explainer-token', tokenOf(`{${issuer},"sub":"\u202Eexe.gnp\u200B"}`));
      await submit(page);
      await page.getByText('\\u{202e}exe.gnp\\u{200b}').waitFor();
    },
  },
  {
    name: 'lookup: whatever is pasted, it answers, and nothing of it becomes markup',
    run: async ({ page, problems, visit }) => {
      for (const [name, text] of Object.entries(pasted)) {
        await page.goto('about:blank');
        await visit(addressOf(tools.finder));
        await put(page, '#finder-text', text);
        await submit(page);
        await page.locator('.tool .result').locator('p, li').first().waitFor();
        const grown = await page.locator('.tool .result').locator('img, [href^="javascript:"]').count();
        if (grown > 0) problems.push(`${name}: became markup`);
      }
    },
  },
  {
    name: 'metadata checker: an endless answer and a login in the address are told as what they are',
    run: async (opened) => {
      const { page, problems, visit } = opened;
      const server = await serveAnswers((_request, response) => {
        const more = () => response.write('[1],'.repeat(100_000)) || response.once('drain', more);
        response.on('drain', more);
        more();
      });
      opened.allowed.push(server.origin);
      await visit(addressOf(tools.checker));
      const ask = async (address, wanted) => {
        await page.locator('#checker-url').fill(address);
        await page.locator('#checker-url').press('Enter');
        await page.locator('.tool .verdict').getByText(wanted).waitFor();
      };
      await ask(server.origin, 'larger than 1 MB');
      await ask(server.origin.replace('//', '//user:word@'), 'password');
      server.close();
      return problems;
    },
  },
  {
    name: 'metadata checker: of two addresses the later one counts, whichever answers last',
    run: async (opened) => {
      const { page, problems, visit } = opened;
      let first;
      const server = await serveAnswers((request, response) => {
        const end = () => response.end(JSON.stringify({ issuer: `https://example.com${request.url}` }));
        if (request.url === '/first') first = end;
        else end();
      });
      opened.allowed.push(server.origin);
      await visit(addressOf(tools.checker));
      const field = page.locator('#checker-url');
      const asked = page.waitForRequest(`${server.origin}/first`);
      await field.fill(`${server.origin}/first`);
      await field.press('Enter');
      await asked;
      await field.fill(`${server.origin}/second`);
      await field.press('Enter');
      await page.locator('.tool .verdict').waitFor();
      const answered = page.waitForEvent('requestfinished');
      first();
      await answered;
      await page.evaluate(
        () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))),
      );
      const shown = await page.locator('#checker-document').inputValue();
      if (!shown.includes('/second')) problems.push(`shows ${shown}`);
      server.close();
    },
  },
  {
    name: 'nothing that is typed is stored, sent, or put into the address',
    run: async ({ page, problems, visit }) => {
      const secret = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJzZWNyZXQifQ.c2VjcmV0';
      page.on('request', (request) => {
        if (`${request.url()}${request.postData() ?? ''}`.includes(secret))
          problems.push(`sent: ${request.url()}`);
      });
      const fields = 'input[type=text], input[type=search], textarea';
      for (const tool of Object.values(tools)) {
        await visit(addressOf(tool));
        await page.locator('.tool').waitFor();
        for (const field of await page.locator('.tool').locator(fields).all()) await field.fill(secret);
        await page.locator('.tool form').evaluate((form) => form.requestSubmit());
        await page.locator('#local-search button').click();
        await page.locator('#localsearch-input').fill(secret);
        await page.locator('.VPLocalSearchBox .results, .VPLocalSearchBox .no-results').first().waitFor();
        const kept = await page.evaluate(() =>
          JSON.stringify([
            { ...localStorage },
            { ...sessionStorage },
            document.cookie,
            document.URL,
            history.state,
          ]),
        );
        if (kept.includes(secret)) problems.push(`${tool} keeps it: ${kept}`);
      }
    },
  },
];

const hostileLinks = {
  name: 'a link that somebody made up stops no page, runs nothing and asks for nothing',
  run: async ({ page, problems, visit, origin }) => {
    page.on('dialog', (dialog) => {
      problems.push(`runs ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(origin)) problems.push(`asks for ${request.url()}`);
    });
    for (const place of [...Object.values(tools), 'tools/flow-viewer', samples.errors]) {
      for (const fragment of place === samples.errors ? fragments : [...fragments, ...states]) {
        await page.goto('about:blank');
        await visit(`${addressOf(place)}${fragment}`);
        // The bar on top works still
        const isDark = await page.evaluate(() => document.documentElement.classList.contains('dark'));
        await page.locator('.VPNavBarAppearance button').click();
        await page.waitForFunction(
          (before) => document.documentElement.classList.contains('dark') !== before,
          isDark,
        );
      }
    }
  },
};

/** How a tool is read where it cannot be used with a mouse, with a script, or at all. */
const otherWays = [
  {
    name: 'without a script each tool says that it needs one, and the page of no address leads home',
    options: { script: false },
    run: async ({ page, problems, origin }) => {
      for (const tool of Object.values(tools)) {
        await page.goto(`${origin}${addressOf(tool)}`);
        if (!(await page.locator('.needs-script').isVisible())) problems.push(`${tool} says nothing`);
      }
      await page.goto(`${origin}/nowhere.html`);
      if ((await page.locator('noscript a').count()) === 0) problems.push('no way home');
      return problems.filter((problem) => !problem.includes('404'));
    },
  },
  {
    name: 'each field of a tool shows that it has the focus',
    run: async ({ page, problems, visit }) => {
      for (const tool of Object.values(tools)) {
        await visit(addressOf(tool));
        await page.locator('.tool').waitFor();
        await page.keyboard.press('Tab');
        for (const field of await page.locator('.tool :is(input, select, textarea):enabled').all()) {
          await field.focus();
          const outline = await field.evaluate((element) => getComputedStyle(element).outlineStyle);
          if (outline === 'none') problems.push(`${tool}: ${await field.getAttribute('id')}`);
        }
      }
    },
  },
  {
    name: 'on paper stand the text and every tab, and no menus',
    run: async ({ page, problems, visit }) => {
      await visit(addressOf(samples.start));
      await page.emulateMedia({ media: 'print' });
      for (const menu of ['.VPNav', '.VPSidebar'])
        if (await page.locator(menu).isVisible()) problems.push(`${menu} is printed`);
      for (const block of await page.locator('.vp-code-group .blocks > *').all())
        if (!(await block.isVisible())) problems.push('a tab is not printed');
    },
  },
];

export const hostileChecks = [...hostileInput, hostileLinks, ...otherWays];
