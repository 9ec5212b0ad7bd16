import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bearer, sendRaw, type RawRequest } from '../../../../core/test/support/raw-request.js';
import { LoopbackIssuer } from '../issuer.js';
import type { PageApp, PagesDriver } from './driver.js';

const resourceIdentifier = 'https://api.example.com/notes';
const wellKnown = '/.well-known/oauth-protected-resource';

type Form<Config> = (driver: PagesDriver<Config>, issuer: LoopbackIssuer) => Config | Promise<Config>;

/** Every way in which the pages name an authorization server. */
function createForms<Config>(): readonly (readonly [step: string, form: Form<Config>])[] {
  const transpileData = (data: object) => ({ ...data, response_types_supported: ['code'] });
  return [
    [
      '[contract row 1] fetchServerConfig',
      (driver, { issuer, type }) => driver.fetchServerConfig(issuer, { type }),
    ],
    [
      '[contract row 3][contract python 3] fetchServerConfig with transpileData',
      (driver, issuer) => {
        delete issuer.metadata.response_types_supported;
        return driver.fetchServerConfig(issuer.issuer, { type: issuer.type, transpileData });
      },
    ],
    [
      '[contract row 2][contract python 3] fetchServerConfigByWellKnownUrl',
      (driver, { issuer, type }) => driver.fetchServerConfigByWellKnownUrl(`${issuer}/metadata`, { type }),
    ],
    [
      '[contract row 3][contract python 3] fetchServerConfigByWellKnownUrl with transpileData',
      (driver, issuer) => {
        delete issuer.metadata.response_types_supported;
        const config = { type: issuer.type, transpileData };
        return driver.fetchServerConfigByWellKnownUrl(`${issuer.issuer}/metadata`, config);
      },
    ],
    [
      '[contract row 4][contract python 3] metadata by hand',
      (driver, { type, byHand }) => driver.byHand({ type, metadata: byHand }),
    ],
    [
      '[contract row 5] an issuer, discovered on first use',
      (driver, { issuer, type }) => driver.discover(issuer, type),
    ],
  ];
}

/** The users' pages, step by step, on one package. */
export function describePages<Config>(driver: PagesDriver<Config>): void {
  describe(`the pages, on ${driver.name}`, () => {
    let issuer: LoopbackIssuer;
    const apps: PageApp[] = [];
    beforeEach(async () => {
      // A document without PKCE is warned about, and some here are
      vi.spyOn(console, 'warn').mockImplementation(() => undefined);
      issuer = await LoopbackIssuer.start('/oidc', 'oidc');
    });
    afterEach(async () => {
      vi.restoreAllMocks();
      await Promise.all([issuer.close(), ...apps.splice(0).map((app) => app.close())]);
    });

    const start = async (resource: string, config: Config) => {
      const app = await driver.start(resource, config);
      apps.push(app);
      return (target: string, options?: RawRequest) => sendRaw(app.origin, target, options);
    };
    const startPlain = () => start(resourceIdentifier, driver.discover(issuer.issuer, issuer.type));
    const sign = (claims: Record<string, unknown> = {}) =>
      issuer.sign({ aud: resourceIdentifier, scope: 'read:notes', ...claims });

    test.each(createForms<Config>())(
      '%s: strangers are led to the issuer, callers served',
      async (_step, form) => {
        const ask = await start(resourceIdentifier, await form(driver, issuer));
        const stranger = await ask('/notes');
        expect(stranger.status).toBe(401);
        const [, url = ''] =
          /resource_metadata="([^"]+)"/.exec(String(stranger.headers['www-authenticate'])) ?? [];
        expect(url).toBe(`https://api.example.com${wellKnown}/notes`);
        const document = await ask(new URL(url).pathname);
        expect(JSON.parse(document.body)).toMatchObject({
          resource: resourceIdentifier,
          authorization_servers: [issuer.issuer],
          scopes_supported: ['read:notes', 'write:notes'],
        });
        const served = await ask('/notes', { headers: bearer(await sign()) });
        expect([served.status, JSON.parse(served.body)]).toEqual([200, { notes: [], subject: 'user-1' }]);
      },
    );

    test('[contract row 9] the audience and the scopes of the route are asked for', async () => {
      const ask = await startPlain();
      const statuses = [{ aud: 'https://other.example.com' }, { scope: 'write:notes' }, {}].map(
        async (claims) => (await ask('/notes', { headers: bearer(await sign(claims)) })).status,
      );
      expect(await Promise.all(statuses)).toEqual([401, 403, 200]);
    });

    test('[contract row 8] the metadata of a resource that is an origin is at the root', async () => {
      const ask = await start('https://api.example.com', driver.discover(issuer.issuer, issuer.type));
      expect([(await ask(wellKnown)).status, (await ask(`${wellKnown}/notes`)).status]).toEqual([200, 404]);
    });

    test('[contract row 12] an issuer with a path: appended by oidc, inserted after the host by oauth', async () => {
      const ask = await startPlain();
      await ask('/notes', { headers: bearer(await sign()) });
      expect(issuer.requests[0]).toBe('/oidc/.well-known/openid-configuration');
      await driver.fetchServerConfig(issuer.issuer, { type: 'oauth' });
      expect(issuer.requests.at(-1)).toBe('/.well-known/oauth-authorization-server/oidc');
    });

    const callTool = async (name: string, token?: string) => {
      const ask = await startPlain();
      const call = {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name, arguments: { a: 1, b: 2 } },
      };
      const { status, body } = await ask('/mcp', {
        method: 'POST',
        headers: [
          ['Accept', 'application/json, text/event-stream'],
          ['MCP-Protocol-Version', '2025-06-18'],
          ...(token === undefined ? [] : bearer(token)),
        ],
        body: JSON.stringify(call),
      });
      return { status, body };
    };

    test('[contract row 11][contract python 4] a tool of the MCP server behind the middleware knows its caller', async () => {
      expect((await callTool('add')).status).toBe(401);
      const { status, body } = await callTool('add', await sign());
      expect([status, body]).toEqual([200, expect.stringContaining('user-1: 3')]);
    });

    if (driver.hasContext) {
      test('[contract python 1] a tool finds its caller in the context, without being handed anything', async () => {
        const { body } = await callTool('add_in_context', await sign({ sub: 'user-2' }));
        expect(body).toContain('user-2: 3');
      });
    }

    test('[contract python 2] leeway is clockTolerance', async () => {
      const ask = await startPlain();
      const token = await sign({ exp: Math.floor(Date.now() / 1000) - 30 });
      const statuses = ['/notes', '/leeway'].map(
        async (path) => (await ask(path, { headers: bearer(token) })).status,
      );
      expect(await Promise.all(statuses)).toEqual([401, 200]);
    });
  });
}
