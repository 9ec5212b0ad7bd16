import { openPage } from './browser.mjs';
import { findBarriers } from './page-checks.mjs';
import { serveDocument } from './serve.mjs';
import { addressOf, pageExists, samples, spoken } from './site.mjs';

const good = {
  issuer: 'https://auth.example.com',
  authorization_endpoint: 'https://auth.example.com/authorize',
  token_endpoint: 'https://auth.example.com/token',
  jwks_uri: 'https://auth.example.com/jwks',
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
};

/** Opens a tool and gives the means to use it. */
async function open(browser, origin, page, language, options) {
  const opened = await openPage(browser, origin, options);
  await opened.visit(addressOf(page, language));
  // Parts of the site itself may come in late; they carry nothing
  const isOwn = (url) => url.startsWith(`${origin}/assets/`) && !url.includes('?');
  const requests = [];
  opened.page.on('request', (request) => {
    if (!isOwn(request.url()) || request.method() !== 'GET') requests.push(request.url());
  });
  return {
    ...opened,
    requests,
    result: opened.page.locator('.tool .result'),
    verdict: opened.page.locator('.tool .verdict'),
    press: (index) => opened.page.locator('.tool [role=group] button').nth(index).click(),
  };
}

const checkerChecks = [
  {
    name: 'metadata checker: a good, a lax and a broken example are told apart',
    run: async (browser, origin) => {
      const { page, problems, verdict, press, requests, close } = await open(
        browser,
        origin,
        samples.checker,
      );
      for (const [index, wanted] of [/good/, /bad|open/, /bad/].entries()) {
        await press(index);
        const style = (await verdict.getAttribute('class')) ?? '';
        if (!wanted.test(style)) problems.push(`example ${index}: ${style}: ${await verdict.innerText()}`);
      }
      problems.push(...(await findBarriers(page)), ...requests.map((url) => `asked for ${url}`));
      await close();
      return problems;
    },
  },
  {
    name: 'metadata checker: what is pasted is judged by the keyboard alone; severity, requirement and fix are shown',
    run: async (browser, origin) => {
      const { page, problems, result, close } = await open(browser, origin, samples.checker);
      await page.locator('#checker-document').focus();
      const insecure = {
        ...good,
        issuer: 'http://auth.example.com',
        code_challenge_methods_supported: ['plain'],
      };
      await page.keyboard.insertText(JSON.stringify(insecure));
      await page.keyboard.press('Control+Enter');
      const text = await result.innerText();
      for (const wanted of [
        'Error',
        'issuer',
        'Requirement: RFC8414',
        'Fix:',
        'code_challenge_methods_supported',
      ]) {
        if (!text.includes(wanted)) problems.push(`${wanted} is missing in: ${text}`);
      }
      await close();
      return problems;
    },
  },
  {
    name: 'metadata checker: findings name the revision they were judged by, whatever is selected afterwards',
    run: async (browser, origin) => {
      const { page, problems, result, press, close } = await open(browser, origin, samples.checker);
      await page.locator('#checker-revision').selectOption('2025-06-18');
      await press(1);
      await page.locator('#checker-revision').selectOption('2026-07-28');
      const text = await result.innerText();
      if (!text.includes('MCP 2025-06-18.')) problems.push(text);
      await close();
      return problems;
    },
  },
  {
    name: 'metadata checker: what is no JSON is refused in plain words',
    run: async (browser, origin) => {
      const { page, problems, verdict, close } = await open(browser, origin, samples.checker);
      await page.locator('#checker-document').fill('<!doctype html>');
      await page.locator('.tool button[type=submit]').click();
      if (!(await verdict.innerText()).includes('not JSON')) problems.push(await verdict.innerText());
      await close();
      return problems;
    },
  },
  {
    name: 'metadata checker: a readable address is fetched and judged; one that CORS forbids is explained',
    run: async (browser, origin) => {
      const [readable, closed] = await Promise.all(
        [true, false].map((allowed) => serveDocument(JSON.stringify(good), { readable: allowed })),
      );
      const allowed = [readable.origin, closed.origin];
      const opened = await open(browser, origin, samples.checker, undefined, { allowed });
      const { page, problems, verdict, result, close } = opened;
      const ask = async (server, wanted) => {
        await page.locator('#checker-url').fill(`${server.origin}/document`);
        await page.locator('#checker-url').press('Enter');
        await result.getByText(wanted).first().waitFor();
      };
      await ask(closed, 'Access-Control-Allow-Origin');
      if (!(await verdict.innerText()).includes('curl')) problems.push(await verdict.innerText());
      await ask(readable, 'RFC 8414');
      await close();
      for (const server of [readable, closed]) server.close();
      // The browser itself reports the refused answer on the console
      return problems.filter(
        (problem) => !problem.startsWith(`console: `) || !/CORS|ERR_FAILED/.test(problem),
      );
    },
  },
];

const explainerChecks = [
  {
    name: 'token explainer: a good, a lax and a broken example end as they must, and nothing leaves the page',
    run: async (browser, origin) => {
      const { page, problems, verdict, press, requests, close } = await open(
        browser,
        origin,
        samples.explainer,
      );
      const expected = ['accept', 'wrong_audience', 'not_an_access_token'];
      for (const [index, wanted] of expected.entries()) {
        await press(index);
        await verdict.getByText(wanted).waitFor();
      }
      problems.push(...(await findBarriers(page)), ...requests.map((url) => `asked for ${url}`));
      await close();
      return problems;
    },
  },
  {
    name: 'token explainer: without keys a good token is undecided, with a changed one its signature is refused',
    run: async (browser, origin) => {
      const { page, problems, verdict, press, close } = await open(browser, origin, samples.explainer);
      await press(0);
      await verdict.getByText('accept').waitFor();
      const token = await page.locator('#explainer-token').inputValue();
      const keys = await page.locator('#explainer-jwks').inputValue();
      const submit = () => page.locator('.tool button[type=submit]').click();
      await page.locator('#explainer-jwks').fill('');
      await submit();
      await page.locator('[data-check=signature].not-checkable').waitFor();
      await page.locator('#explainer-jwks').fill(keys);
      await page.locator('#explainer-token').fill(`Bearer ${swapSignature(token)}`);
      await submit();
      await page.locator('[data-check=signature].refused').waitFor();
      await page.locator('#explainer-token').fill(token);
      await page.locator('#explainer-clock').fill('2030-01-01T00:00:00Z');
      await submit();
      await page.locator('[data-check=time].refused').getByText('token_expired').waitFor();
      await close();
      return problems;
    },
  },
  {
    name: 'token explainer: what is no token and what is no configuration is told in plain words',
    run: async (browser, origin) => {
      const { page, problems, verdict, close } = await open(browser, origin, samples.explainer);
      await page.locator('#explainer-token').fill('opaque-token');
      await page.locator('#explainer-token').press('Control+Enter');
      await verdict.getByText('malformed_token').waitFor();
      await page.locator('#explainer-resource').fill('http://mcp.example.com/mcp');
      await page.locator('#explainer-resource').press('Enter');
      await verdict.getByText('must use https').waitFor();
      await close();
      return problems;
    },
  },
];

function swapSignature(token) {
  const [header, claims, signature] = token.split('.');
  return `${header}.${claims}.${[...signature.slice(0, -2)].reverse().join('')}${signature.slice(-2)}`;
}

/** In the other languages the same components speak other words. */
const translatedChecks = spoken.slice(1).map((language) => ({
  name: `both tools speak ${language.label}`,
  run: async (browser, origin) => {
    const problems = [];
    for (const page of [samples.checker, samples.explainer].filter((name) => pageExists(name, language))) {
      const opened = await open(browser, origin, page, language, { width: 360 });
      await opened.press(2);
      await opened.verdict.waitFor();
      const said = await opened.page.locator('.tool').innerText();
      if (/Examples|Findings|Result\b/.test(said)) problems.push(`${page} says English words`);
      problems.push(...opened.problems, ...(await findBarriers(opened.page)));
      await opened.close();
    }
    return problems;
  },
}));

export const toolChecks = [...checkerChecks, ...explainerChecks, ...translatedChecks];
