import { readdirSync, readFileSync } from 'node:fs';
import type { MCPAuthEvent } from '@mcp-auth/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as ours from '../../src/index.js';
import { linkTo, upgradeSections } from '../../src/upgrade-page.js';
import { foreign, resource, World } from '../support/world.js';

const address = 'https://github.com/mcp-auth/mcp-auth/blob/main/docs/upgrade/from-mcp-auth-0.2.md';
const page = readFileSync(new URL('../../../../docs/upgrade/from-mcp-auth-0.2.md', import.meta.url), 'utf8');

describe('[contract row 15] the page that messages lead to', () => {
  test.each(upgradeSections)(
    'has the section %s, for the site and for who reads it in the repository',
    (section) => {
      expect(linkTo(section)).toBe(`${address}#${section}`);
      // Hosts of repositories make other ids of such headings, and go by the name
      expect(page).toContain(`<a name="${section}"></a>\n\n### `);
      expect(page).toMatch(new RegExp(`<a name="${section}"></a>\n\n### .+ \\{#${section}\\}\n`));
    },
  );

  test('is named in one file, and every section there is used', () => {
    const sources = readdirSync(new URL('../../src', import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({ file, text: readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8') }));
    const naming = sources.filter(({ text }) => text.includes('from-mcp-auth-0.2.md'));
    expect(naming.map(({ file }) => file)).toEqual(['upgrade-page.ts']);
    const others = sources.filter(({ file }) => file !== 'upgrade-page.ts').map(({ text }) => text);
    expect(upgradeSections.filter((name) => !others.some((text) => text.includes(`'${name}'`)))).toEqual([]);
  });
});

describe('[contract row 15] what 0.2 would have let pass', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start(ours);
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await world.close();
  });

  const said = () => vi.mocked(console.warn).mock.calls.map(([text]) => String(text));

  test('is said on the console, once, with the way to go on and the section that explains it', async () => {
    const app = await world.guard(world.protect().bearerAuth('jwt', { resource }));
    await app.call(await world.issuer.sign({ aud: foreign }));
    await app.call(await world.issuer.sign({ aud: foreign, jti: 'another' }));
    const [warning, ...more] = said().filter((text) => text.includes('version 0.2 may have taken'));
    expect(warning).toMatch(/^\[mcp-auth\] .*name it as audience/);
    expect(warning?.endsWith(` See ${address}#audience`)).toBe(true);
    expect(more).toEqual([]);
  });

  test('is said of claims that speak against a token which your own verifier finds genuine', async () => {
    const create = (claims: Record<string, unknown>) =>
      ours.handleBearerAuth({
        verifyAccessToken: (token) => ({
          token,
          issuer: foreign,
          clientId: 'c',
          scopes: [],
          audience: resource,
          expiresAt: Math.floor(Date.now() / 1000) + 60,
          claims,
        }),
        issuer: foreign,
        audience: resource,
      });
    for (const claims of [{ iss: `${foreign}/` }, { active: false }]) {
      const app = await world.guard(create(claims));
      await app.call('opaque');
      await app.call('another');
    }
    expect(said().filter((text) => text.includes('version 0.2'))).toEqual([
      `[mcp-auth] A token was refused that version 0.2 may have taken: claims.iss of your own verifier names another issuer than its answer. See ${address}#verifier-claims`,
      `[mcp-auth] A token was refused that version 0.2 may have taken: the claims that your own verifier returned say that it is not active. See ${address}#verifier-claims`,
    ]);
  });

  test('is said of each reason', async () => {
    const app = await world.guard(world.protect().bearerAuth('jwt', { resource }));
    const claims = [
      { aud: foreign },
      { exp: undefined },
      { cnf: { jkt: 'x' } },
      { nonce: 'n', at_hash: 'h' },
    ];
    for (const each of claims) await app.call(await world.issuer.sign({ aud: resource, ...each }));
    const anchors = said().flatMap((text) => /from-mcp-auth-0\.2\.md#([\w-]+)$/.exec(text)?.[1] ?? []);
    expect(anchors).toEqual(['audience', 'expiry', 'sender-constraint', 'token-kind']);
    for (const anchor of anchors) expect(page).toContain(`{#${anchor}}`);
  });

  test('is said although your own listener fails, at once or later', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const later = vi.fn(() => Promise.reject(new Error('a listener that fails')));
    const atOnce = vi.fn(() => {
      throw new Error('a listener that fails');
    });
    for (const onEvent of [later, atOnce]) {
      const metadata = { resource, authorizationServers: [world.server] };
      const mcpAuth = new ours.MCPAuth({ protectedResources: { metadata }, onEvent });
      const app = await world.guard(mcpAuth.bearerAuth('jwt', { resource }));
      expect(await app.status(await world.issuer.sign({ aud: foreign }))).toBe(401);
      const types = (onEvent.mock.calls as unknown as [MCPAuthEvent][]).map(([{ type }]) => type);
      expect(types).toEqual(expect.arrayContaining(['decision', 'warning']));
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('unhandledRejection', unhandled);
    expect(unhandled.mock.calls).toEqual([]);
  });

  test('is said to your own listener where you have one, and no token with it', async () => {
    const events: MCPAuthEvent[] = [];
    const metadata = { resource, authorizationServers: [world.server] };
    const onEvent = (event: MCPAuthEvent) => events.push(event);
    const mcpAuth = new ours.MCPAuth({ protectedResources: { metadata }, onEvent });
    const token = await world.issuer.sign({ aud: foreign });
    await (await world.guard(mcpAuth.bearerAuth('jwt', { resource }))).call(token);
    expect(events.map(({ type }) => type)).toContain('decision');
    expect(events.filter(({ type }) => type === 'warning')).toHaveLength(1);
    expect(said()).toEqual([]);
    expect(JSON.stringify(events)).not.toContain(token.split('.')[2]);
  });

  test('is not said of what 0.2 refused as well', async () => {
    const app = await world.guard(world.protect().bearerAuth('jwt', { resource, requiredScopes: ['admin'] }));
    await app.call();
    await app.call('opaque');
    await app.call(await world.issuer.sign({ aud: resource, sub: undefined }));
    await app.call(await world.issuer.sign({ aud: resource }));
    expect(said().filter((text) => text.includes('0.2'))).toEqual([]);
  });
});

describe('[contract row 15] a fault of the authorization server', () => {
  test('is said on the console as well', async () => {
    const world = await World.start(ours);
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    world.issuer.answers.set('/keys', (_request, response) => response.writeHead(500).end());
    const app = await world.guard(world.protect().bearerAuth('jwt', { resource }));
    await app.call(await world.issuer.sign({ aud: resource }));
    expect(printed.mock.calls.map(([text]) => String(text)).join('\n')).toMatch(/unexpected_status/);
    vi.restoreAllMocks();
    await world.close();
  });
});
