/* global document, location */
// The pages of the practice issuer in a browser, and pages of strangers. node --test docs/test/browser/practice-issuer.mjs
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { startDevIssuer } from '@mcp-auth/dev-issuer';
import { launchBrowser } from './browser.mjs';
import { findBarriers } from './inspect-page.mjs';

// A name that its owner made lead to this machine
const browser = await launchBrowser(['--host-resolver-rules=MAP *.example 127.0.0.1']);
const skip = browser === undefined && 'there is no Chromium';

let issuer;
let client;
let web;
let strangersPage = '';

/** What is opened anywhere but at the issuer: callbacks of clients, and pages of strangers. */
function serveWeb() {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(request.url.startsWith('/stranger') ? strangersPage : '<title>back</title>');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

before(async () => {
  issuer = await startDevIssuer({
    port: 0,
    scopes: { 'notes:read': 'read your notes', 'notes:write': 'write them' },
  });
  web = await serveWeb();
  const response = await fetch(`${issuer.issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'A client',
      redirect_uris: [`http://localhost:${web.address().port}/callback`],
      token_endpoint_auth_method: 'none',
    }),
  });
  client = await response.json();
});
after(async () => {
  await browser?.close();
  web?.close();
  await issuer?.close();
});

function authorizationUrl() {
  const parameters = {
    client_id: client.client_id,
    redirect_uri: client.redirect_uris[0],
    response_type: 'code',
    code_challenge_method: 'S256',
    code_challenge: 'x'.repeat(43),
    resource: 'http://localhost:3000/mcp',
    scope: 'notes:read notes:write',
  };
  return `${issuer.issuer}/auth?${new URLSearchParams(parameters)}`;
}

/** A page of its own that tells what the browser holds against it. */
async function open(options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  return { page, problems, close: () => context.close() };
}

describe('the pages of the practice issuer', { skip }, () => {
  test('the login is done with the keyboard alone, and leads back to the client', async () => {
    const { page, problems, close } = await open();
    await page.goto(authorizationUrl());
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/callback\?/);
    assert.match(page.url(), /[?&]code=/);
    assert.deepEqual(problems, []);
    const [pressed] = issuer.log.exchanges.filter(({ title }) => title === 'The user presses Allow');
    assert.match(pressed.request.body, /account=bob\n/);
    assert.match(pressed.request.body, /scope=notes:read\n/);
    assert.doesNotMatch(pressed.request.body, /scope=notes:write/);
    await close();
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`nobody is kept out of them, ${colorScheme}`, async () => {
      // axe comes in as a script, which the pages themselves do not let in
      const { page, close } = await open({
        colorScheme,
        bypassCSP: true,
        viewport: { width: 320, height: 600 },
      });
      for (const url of [authorizationUrl(), `${issuer.issuer}/`, `${issuer.issuer}/auth?client_id=nobody`]) {
        await page.goto(url);
        for (const summary of await page.locator('summary').all()) {
          await summary.focus();
          await page.keyboard.press('Enter');
        }
        assert.deepEqual(await findBarriers(page), []);
        assert.ok(
          await page.evaluate(
            () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
          ),
        );
      }
      await close();
    });
  }
});

describe('a page of a stranger', { skip }, () => {
  const visit = async (html) => {
    strangersPage = `<!doctype html><body>${html}`;
    const opened = await open();
    await opened.page.goto(`http://stranger.example:${web.address().port}/stranger`);
    return opened;
  };

  test('cannot read the issuer under a name of its own (DNS rebinding)', async () => {
    const { page, close } = await open();
    const { port } = new URL(issuer.issuer);
    const response = await page.goto(`http://stranger.example:${port}/`);
    assert.equal(response.status(), 421);
    assert.doesNotMatch(await page.content(), /What happened/);
    await close();
  });

  test('cannot put the login into a frame', async () => {
    const { page, close } = await visit(
      `<iframe src="${authorizationUrl().replaceAll('&', '&amp;')}"></iframe>`,
    );
    await page.waitForLoadState('networkidle');
    for (const frame of page.frames().slice(1)) assert.doesNotMatch(await frame.content(), /Allow access/);
    await close();
  });

  test('cannot call the issuer, nor begin a login behind the back of its reader', async () => {
    const { page, close } = await visit('');
    const seen = await page.evaluate(
      async ({ base, login }) => {
        const send = (url, init) =>
          fetch(url, init).then(
            (response) => response.type,
            () => 'failed',
          );
        return {
          log: await send(`${base}/`),
          token: await send(`${base}/token`, {
            method: 'POST',
            body: new URLSearchParams({ grant_type: 'a' }),
          }),
          registration: await send(`${base}/reg`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{}',
          }),
          login: await send(login, { credentials: 'include' }),
          metadata: await send(`${base}/.well-known/oauth-authorization-server`),
          origin: location.origin,
        };
      },
      { base: issuer.issuer, login: authorizationUrl() },
    );
    assert.deepEqual(seen, {
      ...{ log: 'failed', token: 'failed', registration: 'failed', login: 'failed' },
      metadata: 'cors',
      origin: `http://stranger.example:${web.address().port}`,
    });
    await close();
  });

  test('cannot send the form of the login, with or without a script', async () => {
    const { page, close } = await open();
    await page.goto(authorizationUrl());
    const action = page.url();
    strangersPage = `<!doctype html><form method="post" action="${action}"><input name="decision" value="allow"><input name="account" value="alice"><button>Win a prize</button></form>`;
    await page.goto(`http://stranger.example:${web.address().port}/stranger`);
    const [response] = await Promise.all([page.waitForResponse(action), page.click('button')]);
    assert.equal(response.status(), 403);
    await close();
  });
});
