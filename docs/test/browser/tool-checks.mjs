/* global window */
import { findBarriers } from './inspect-page.mjs';
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

/** Goes to a tool and gives the means to use it. */
async function open(opened, page, language) {
  await opened.visit(addressOf(page, language));
  // Parts of the site itself may come in late; they carry nothing
  const isOwn = (url) => url.startsWith(`${opened.origin}/assets/`) && !url.includes('?');
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
    run: async (opened) => {
      const { page, problems, verdict, press, requests } = await open(opened, samples.checker);
      for (const [index, wanted] of [/good/, /bad|open/, /bad/].entries()) {
        await press(index);
        const style = (await verdict.getAttribute('class')) ?? '';
        if (!wanted.test(style)) problems.push(`example ${index}: ${style}: ${await verdict.innerText()}`);
      }
      problems.push(...(await findBarriers(page)), ...requests.map((url) => `asked for ${url}`));
    },
  },
  {
    name: 'metadata checker: what is pasted is judged by the keyboard alone; severity, requirement and fix are shown',
    run: async (opened) => {
      const { page, problems, result } = await open(opened, samples.checker);
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
    },
  },
  {
    name: 'metadata checker: findings name the revision they were judged by, whatever is selected afterwards',
    run: async (opened) => {
      const { page, problems, result, press } = await open(opened, samples.checker);
      await page.locator('#checker-revision').selectOption('2025-06-18');
      await press(1);
      await page.locator('#checker-revision').selectOption('2026-07-28');
      const text = await result.innerText();
      if (!text.includes('MCP 2025-06-18.')) problems.push(text);
    },
  },
  {
    name: 'metadata checker: a link shows the same document with the same choices',
    run: async (opened) => {
      const { page, result, press } = await open(opened, samples.checker);
      await page.locator('#checker-revision').selectOption('2025-06-18');
      await press(1);
      await page.locator('.share button').click();
      const link = await page.locator('.share input').inputValue();
      await page.goto('about:blank');
      await page.goto(link);
      await result.getByText('MCP 2025-06-18.').waitFor();
    },
  },
  {
    name: 'metadata checker: what is no JSON is refused in plain words',
    run: async (opened) => {
      const { page, problems, verdict } = await open(opened, samples.checker);
      await page.locator('#checker-document').fill('<!doctype html>');
      await page.locator('.tool button[type=submit]').click();
      if (!(await verdict.innerText()).includes('not JSON')) problems.push(await verdict.innerText());
    },
  },
  {
    name: 'metadata checker: a readable address is fetched and judged; one that CORS forbids is explained',
    run: async (opened) => {
      const [readable, closed] = await Promise.all(
        [true, false].map((allowed) => serveDocument(JSON.stringify(good), { readable: allowed })),
      );
      opened.allowed.push(readable.origin, closed.origin);
      const { page, problems, verdict, result } = await open(opened, samples.checker);
      const ask = async (server, wanted) => {
        await page.locator('#checker-url').fill(`${server.origin}/document`);
        await page.locator('#checker-url').press('Enter');
        await result.getByText(wanted).first().waitFor();
      };
      await ask(closed, 'Access-Control-Allow-Origin');
      if (!(await verdict.innerText()).includes('curl')) problems.push(await verdict.innerText());
      await ask(readable, 'RFC 8414');
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
    name: 'token explainer: the issuer is taken from the token, and whom it is for stays to be checked',
    run: async (opened) => {
      const { page, problems, result } = await open(opened, samples.explainer);
      const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const claims = { iss: 'https://id.example.com', aud: 'https://elsewhere.example.com', sub: 'a' };
      await page.locator('#explainer-token').fill(`${encode({ alg: 'ES256' })}.${encode(claims)}.c2ln`);
      await page.locator('.tool button.quiet', { hasText: 'Take the issuer' }).click();
      await result.getByText('proves nothing').waitFor();
      const issuers = await page.locator('#explainer-issuers').inputValue();
      if (issuers !== claims.iss) problems.push(`trusts ${issuers}`);
      const audiences = await page.locator('#explainer-audiences').inputValue();
      if (audiences !== '') problems.push(`accepts ${audiences}`);
    },
  },
  {
    name: 'token explainer: a good, a lax and a broken example end as they must, and nothing leaves the page',
    run: async (opened) => {
      const { page, problems, verdict, press, requests } = await open(opened, samples.explainer);
      const expected = ['accept', 'wrong_audience', 'not_an_access_token'];
      for (const [index, wanted] of expected.entries()) {
        await press(index);
        await verdict.getByText(wanted).waitFor();
      }
      problems.push(...(await findBarriers(page)), ...requests.map((url) => `asked for ${url}`));
    },
  },
  {
    name: 'token explainer: without keys a good token is undecided, with a changed one its signature is refused',
    run: async (opened) => {
      const { page, verdict, press } = await open(opened, samples.explainer);
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
    },
  },
  {
    name: 'token explainer: what was expected, what came, and a time as a date with its distance',
    run: async (opened) => {
      const { page, problems, verdict, press } = await open(opened, samples.explainer);
      await press(2);
      await verdict.getByText('not_an_access_token').waitFor();
      const said = async (check) => page.locator(`[data-check=${check}] .difference`).innerText();
      for (const [check, wanted] of [
        ['time', /Got\s+2023-11-14T22:13:20Z \(\d[\d,]* days ago\)/],
        ['audience', /Expected\s+https:\/\/mcp\.example\.com\/mcp\s+Got\s+notes-app/],
        ['scopes', /Expected\s+notes:read\s+notes:write\s+Got\s+notes:read/],
      ]) {
        if (!wanted.test(await said(check))) problems.push(`${check}: ${await said(check)}`);
      }
    },
  },
  {
    name: 'token explainer: a link shows the same to somebody else, holds no signature, and is sent nowhere',
    run: async (opened) => {
      const { page, problems, verdict, press, requests } = await open(opened, samples.explainer);
      await press(1);
      await verdict.getByText('wrong_audience').waitFor();
      const [, , signature] = (await page.locator('#explainer-token').inputValue()).split('.');
      await page.locator('.share button').click();
      const link = await page.locator('.share input').inputValue();
      const { origin, pathname, hash } = new URL(link);
      const state = Buffer.from(hash.slice('#state='.length), 'base64url').toString();
      if (`${state}${link}`.includes(signature)) problems.push('the link holds the signature');
      await page.goto('about:blank');
      await page.goto(`${origin}${pathname}${hash}`);
      await verdict.getByText('wrong_audience').waitFor();
      await page.locator('[data-check=signature].not-checkable').waitFor();
      await page.getByText('This came from a link').waitFor();
      // The page is loaded anew meanwhile; what matters is that no address carries the state
      const sent = requests.filter((url) => url.includes('state=') || !url.startsWith(origin));
      problems.push(...(await findBarriers(page)), ...sent.map((url) => `asked for ${url}`));
    },
  },
  {
    name: 'token explainer: a link that somebody made up changes nothing',
    run: async (opened) => {
      const { page, problems, result } = await open(opened, samples.explainer);
      for (const state of ['not base64url!', 'W10', 'eyJoZWFkZXIiOjF9', 'e30']) {
        await page.evaluate((hash) => (window.location.hash = hash), `state=${state}`);
      }
      if ((await result.innerText()).trim() !== '') problems.push(await result.innerText());
    },
  },
  {
    name: 'token explainer: what is no token and what is no configuration is told in plain words',
    run: async (opened) => {
      const { page, verdict } = await open(opened, samples.explainer);
      await page.locator('#explainer-token').fill('opaque-token');
      await page.locator('#explainer-token').press('Control+Enter');
      await verdict.getByText('malformed_token').waitFor();
      await page.locator('#explainer-resource').fill('mcp.example.com/mcp');
      await page.locator('#explainer-resource').press('Enter');
      await verdict.getByText('must be the absolute https URL').waitFor();
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
  options: { width: 360 },
  run: async (opened) => {
    for (const page of [samples.checker, samples.explainer].filter((name) => pageExists(name, language))) {
      const tool = await open(opened, page, language);
      await tool.press(2);
      await tool.verdict.waitFor();
      const said = await tool.page.locator('.tool').innerText();
      if (/Examples|Findings|Result\b/.test(said)) tool.problems.push(`${page} says English words`);
      tool.problems.push(...(await findBarriers(tool.page)));
    }
  },
}));

export const toolChecks = [...checkerChecks, ...explainerChecks, ...translatedChecks];
