import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import type { AuthServerConfig } from '../../src/config/authorization-server.js';
import type { ProtectedResourceConfig } from '../../src/config/protected-resource.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { getResourceMetadataUrl } from '../../src/resource/resource-identifier.js';
import { atOnce } from '../support/at-once.js';
import { createClock } from '../support/clock.js';
import { configError } from '../support/config-error.js';
import { createHead } from '../support/head.js';
import { challengeOf, lastCode, protect, resource as usual, statusOf } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';

interface Cases {
  readonly gateways: readonly {
    readonly name: string;
    readonly resource: string;
    readonly metadataUrl: string;
    readonly arrivesAt: readonly string[];
  }[];
  readonly wrongUrls: readonly {
    readonly metadataUrl: string;
    readonly code: string;
    readonly says: string;
  }[];
  readonly privateResources: readonly string[];
  readonly plainServers: readonly {
    readonly path: string;
    readonly code: string;
    readonly server: AuthServerConfig;
  }[];
  readonly twoAddresses: readonly { readonly issuer: string; readonly iss: string; readonly hint: boolean }[];
}

/** Addresses in networks that people run. */
const cases = JSON.parse(readFileSync(new URL('addresses.json', import.meta.url), 'utf8')) as Cases;

const authorizationServers = ['https://as.example.com'];

function create(...configs: readonly (Partial<ProtectedResourceConfig> & { readonly resource: string })[]) {
  const events: MCPAuthEvent[] = [];
  const server = new ResourceServer({
    protectedResources: configs.map(({ resource, ...more }) => ({
      metadata: { resource, authorizationServers },
      ...more,
    })),
    onEvent: (event) => events.push(event),
  });
  const resourceAt = (target: string, host?: string) => {
    const head = createHead({ method: 'GET', target, ...(host !== undefined && { host }) });
    const body = atOnce(server.metadataEndpoint.answer(head))?.body;
    return body === undefined ? undefined : (JSON.parse(body) as { resource: string }).resource;
  };
  const warnings = () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  return { server, resourceAt, warnings };
}

describe('a gateway that owns the root of the host', () => {
  test.each(cases.wrongUrls)('$metadataUrl is refused: $says', ({ metadataUrl, code, says }) => {
    const resource = 'https://gw.example.com/prod/mcp';
    const problem = configError(() => create({ resource, metadataUrl }));
    expect(problem).toMatchObject({ code, path: 'protectedResources[0].metadataUrl' });
    expect(problem.message).toContain(says);
    expect(problem.message).not.toContain('secret');
  });

  test.each(cases.gateways)(
    '[RFC9728-5.1-01] $name: the challenge names it',
    async ({ resource, metadataUrl }) => {
      const { server } = create({ resource, metadataUrl });
      const decision = await server.createGate('jwt', { resource }).authenticate(createHead());
      expect(challengeOf(decision)).toMatchObject({ resource_metadata: metadataUrl });
    },
  );

  test.each(cases.gateways)(
    '[RFC9728-3.3-03] $name: the document is there, wherever a request for it arrives',
    ({ resource, metadataUrl, arrivesAt }) => {
      const { resourceAt } = create({ resource, metadataUrl });
      const byDefault = new URL(getResourceMetadataUrl(resource)).pathname;
      for (const target of [...arrivesAt, byDefault]) expect(resourceAt(target)).toBe(resource);
    },
  );

  test('the verifier for the official SDK names it too', async () => {
    const { metadataUrl, resource } = cases.gateways[0] ?? expect.unreachable();
    const { issuer, server, clock } = await protect({
      resource: { metadata: { resource, authorizationServers: ['https://as.example.com'] }, metadataUrl },
      options: { resource },
    });
    const token = await issuer.sign({ aud: resource, exp: clock.seconds() + 60 });
    expect((await server.verifier(resource).verifyAccessToken(token)).resourceMetadataUrl).toBe(metadataUrl);
  });

  test('two stages in one process are not mixed up where the gateway cuts both off, and the owner hears of it', () => {
    const at = (stage: string) => ({
      resource: `https://id.example.com/${stage}/mcp`,
      metadataUrl: `https://id.example.com/${stage}/.well-known/oauth-protected-resource/mcp`,
    });
    const { resourceAt, warnings } = create(at('prod'), at('test'));
    expect(resourceAt('/.well-known/oauth-protected-resource/mcp', 'id.example.com')).toBeUndefined();
    expect(resourceAt('/test/.well-known/oauth-protected-resource/mcp')).toBe(at('test').resource);
    expect(warnings()).toHaveLength(3);
    expect(warnings()[0]).toContain('let it forward the whole path');
    expect(warnings()[2]).toContain('Metadata was asked for at "/.well-known/');
  });

  test('a document never stands in for that of another resource', () => {
    const own = { resource: 'https://id.example.com/mcp' };
    const staged = {
      resource: 'https://id.example.com/prod/mcp',
      metadataUrl: 'https://id.example.com/prod/.well-known/oauth-protected-resource/mcp',
    };
    const { resourceAt, warnings } = create(staged, own);
    expect(resourceAt('/.well-known/oauth-protected-resource/mcp')).toBe(own.resource);
    expect(warnings()).toHaveLength(1);
  });

  test.each([
    ['of another resource', 'https://a.example.com/.well-known/oauth-protected-resource/b'],
    ['where another resource is', 'https://a.example.com/b'],
  ])('an address %s is refused', (_where, metadataUrl) => {
    const wrong = () =>
      create({ resource: 'https://a.example.com/a', metadataUrl }, { resource: 'https://a.example.com/b' });
    expect(configError(wrong)).toMatchObject({
      code: 'invalid_metadata',
      path: 'protectedResources[0].metadataUrl',
    });
  });

  test('two resources cannot have one address', () => {
    const metadataUrl = 'https://a.example.com/document';
    const wrong = () =>
      create(
        { resource: 'https://a.example.com/a', metadataUrl },
        { resource: 'https://a.example.com/b', metadataUrl },
      );
    expect(configError(wrong)).toMatchObject({ code: 'invalid_metadata' });
  });

  test.each(['metadataUrl', 'resourceMetadataUrl', 'allowInsecureHttp'])(
    'metadata.%s says where it belongs',
    (name) => {
      const metadata = { resource: usual, authorizationServers, [name]: 'https://gw.example.com/x' };
      const protectedResources = { metadata } as unknown as ProtectedResourceConfig;
      const problem = configError(() => new ResourceServer({ protectedResources }));
      expect(problem).toMatchObject({ code: 'unknown_option', path: `protectedResources.metadata.${name}` });
      expect(problem.message).toContain('protectedResources: { metadata, ');
    },
  );

  test.each(['metadataUrl', 'allowInsecureHttp'])('so does %s in the short form', (name) => {
    const config = { resource: usual, authorizationServers, [name]: 'https://gw.example.com/x' };
    expect(configError(() => new ResourceServer(config)).message).toContain(
      'protectedResources: { metadata, ',
    );
  });
});

describe('a private network without TLS', () => {
  test.each(cases.privateResources)('[RFC9728-1.2-01] %s is refused, with what to do', (resource) => {
    const problem = configError(() => create({ resource }));
    expect(problem).toMatchObject({ code: 'insecure_resource' });
    expect(problem.message).toContain('tunnel');
    expect(problem.message).toContain('protectedResources: { metadata, allowInsecureHttp: true }');
  });

  test.each([false, undefined])('allowInsecureHttp: %j changes nothing', (allowInsecureHttp) => {
    const [resource = ''] = cases.privateResources;
    expect(configError(() => create({ resource, allowInsecureHttp }))).toMatchObject({
      code: 'insecure_resource',
    });
  });

  test.each(['true', 1, null, 'yes'])('allowInsecureHttp: %j is refused', (value) => {
    const allowInsecureHttp = value as unknown as boolean;
    expect(configError(() => create({ resource: usual, allowInsecureHttp }))).toMatchObject({
      code: 'invalid_option',
      path: 'protectedResources[0].allowInsecureHttp',
    });
  });

  test.each(cases.privateResources)(
    '%s works where the switch is set, and the owner is warned',
    async (resource) => {
      const { server, resourceAt, warnings } = create({ resource, allowInsecureHttp: true });
      const metadataUrl = getResourceMetadataUrl(resource);
      expect(resourceAt(new URL(metadataUrl).pathname)).toBe(resource);
      const decision = await server.createGate('jwt', { resource }).authenticate(createHead());
      expect(challengeOf(decision)).toMatchObject({ resource_metadata: metadataUrl });
      expect(warnings()).toEqual([
        `protectedResources[0].allowInsecureHttp: ${resource} is without TLS. Everybody on the way can read the tokens sent to it, and use them. Never do this outside of a private network.`,
      ]);
    },
  );

  test.each(['http://localhost:3000/mcp', 'https://api.example.com/mcp'])(
    '%s is told nothing: the switch lifts nothing there',
    (resource) => {
      expect(create({ resource, allowInsecureHttp: true }).warnings()).toEqual([]);
    },
  );

  test('it does not lift anything for the authorization servers', () => {
    const metadata = { resource: usual, authorizationServers: ['http://keycloak:8080/realms/x'] };
    expect(
      configError(() => new ResourceServer({ protectedResources: { metadata, allowInsecureHttp: true } })),
    ).toMatchObject({ code: 'insecure_issuer' });
  });

  test.each(cases.plainServers)(
    'the error for $path of a server names the switch',
    ({ path, code, server }) => {
      const problem = configError(
        () => new ResourceServer({ resource: usual, authorizationServers: [server] }),
      );
      expect(problem).toMatchObject({ code, path: `authorizationServers[0].${path}` });
      expect(problem.message).toContain('allowInsecureHttp');
      const allowed = { ...server, allowInsecureHttp: true } as AuthServerConfig;
      expect(
        () =>
          new ResourceServer({ resource: usual, authorizationServers: [allowed], onEvent: () => undefined }),
      ).not.toThrow();
    },
  );
});

describe('one provider, two addresses', () => {
  const hints = (events: readonly MCPAuthEvent[]) =>
    events.flatMap((event) =>
      event.type === 'decision' && event.outcome === 'deny' && event.hint !== undefined ? [event.hint] : [],
    );

  test.each(cases.twoAddresses)('configured $issuer, token of $iss: hint $hint', async (row) => {
    const clock = createClock();
    const issuer = await TestIssuer.create(clock, row.issuer);
    const servers = () => [{ issuer: row.issuer, allowInsecureHttp: true }];
    const { ask, events } = await protect({ clock, issuer, servers });
    expect(statusOf(await ask(await issuer.sign({ iss: row.iss })))).toBe(401);
    expect(lastCode(events)).toBe('untrusted_issuer');
    expect(hints(events)).toHaveLength(row.hint ? 1 : 0);
    if (row.hint) expect(hints(events)[0]).toContain(row.issuer);
    expect(hints(events).join()).not.toContain(row.iss);
    expect(events.filter(({ type }) => type !== 'decision')).toEqual([]);
    expect(issuer.requests).toEqual([]);
  });

  test('the hint comes with introspection and with functions too', async () => {
    const [{ issuer: name, iss } = expect.unreachable()] = cases.twoAddresses;
    const clock = createClock();
    const issuer = await TestIssuer.create(clock, name);
    const introspection = {
      endpoint: `${name}/introspect`,
      clientAuthentication: { method: 'client_secret_basic', clientId: 'c', clientSecret: 's' },
    } as const;
    const servers = () => [{ issuer: name, allowInsecureHttp: true, introspection }];
    const asked = await protect({ clock, issuer, servers, mode: 'introspection' });
    expect(statusOf(await asked.ask(await issuer.sign({ iss })))).toBe(401);
    expect(hints(asked.events)).toHaveLength(1);
    expect(issuer.requests).toEqual([]);
    const mode = () => ({ issuer: iss, audience: usual, expiresAt: clock.seconds() + 60 });
    const called = await protect({ clock, issuer, servers, mode });
    expect(statusOf(await called.ask('opaque'))).toBe(401);
    expect(hints(called.events)).toHaveLength(1);
  });

  test('without a listener the line on the console ends with the hint, and the next one of its kind waits for its minute', async () => {
    const [{ issuer: name, iss } = expect.unreachable()] = cases.twoAddresses;
    const clock = createClock();
    const issuer = await TestIssuer.create(clock, name);
    const lines: unknown[] = [];
    const warn = vi.spyOn(console, 'warn').mockImplementation((line) => lines.push(line));
    const servers = () => [{ issuer: name, allowInsecureHttp: true }];
    const { ask } = await protect({ clock, issuer, servers, config: { onEvent: undefined } });
    for (const sub of ['a', 'b']) await ask(await issuer.sign({ iss, sub }));
    await ask('x');
    warn.mockRestore();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\[mcp-auth\] 401 POST \/mcp untrusted_issuer: /);
    expect(lines[0]).toContain(`The token names another address than ${name}`);
    expect(lines[1]).toContain('malformed_token');
  });

  test('the verifier for the official SDK hands the hint on too', async () => {
    const [{ issuer: name, iss } = expect.unreachable()] = cases.twoAddresses;
    const clock = createClock();
    const issuer = await TestIssuer.create(clock, name);
    const servers = () => [{ issuer: name, allowInsecureHttp: true }];
    const { events, server } = await protect({ clock, issuer, servers });
    const token = await issuer.sign({ iss });
    await expect(server.verifier(usual).verifyAccessToken(token)).rejects.toThrow();
    expect(hints(events)).toHaveLength(1);
  });

  test('what the hint says to write works: the issuer of the tokens, and its keys at the inner address', async () => {
    const [{ issuer: inner, iss } = expect.unreachable()] = cases.twoAddresses;
    const clock = createClock();
    const issuer = await TestIssuer.create(clock, inner);
    const metadata = { issuer: iss, jwksUri: `${inner}/jwks` };
    const servers = () => [{ metadata, allowInsecureHttp: true }];
    const { ask, server } = await protect({ clock, issuer, servers });
    expect(statusOf(await ask(await issuer.sign({ iss })))).toBe(200);
    expect(statusOf(await ask(await issuer.sign({ iss: inner })))).toBe(401);
    const head = createHead({ method: 'GET', target: '/.well-known/oauth-protected-resource/mcp' });
    const document = atOnce(server.metadataEndpoint.answer(head))?.body ?? '';
    expect(JSON.parse(document)).toMatchObject({ authorization_servers: [iss] });
  });
});

describe('a router that is out of reach', () => {
  const url = 'https://api.example.com/.well-known/oauth-protected-resource/mcp';

  test.each(['/api', '/api/v1', '/:tenant', '/.well', '/mcp'])('below %s: told once', (prefix) => {
    const { server, warnings } = create({ resource: usual });
    server.metadataEndpoint.mountedBelow(prefix, 'app.use(router)');
    server.metadataEndpoint.mountedBelow(prefix, 'app.use(router)');
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain(JSON.stringify(prefix));
    expect(warnings()[0]).toContain(url);
    expect(warnings()[0]).toContain('app.use(router)');
    expect(warnings()[0]).toContain('metadataUrl');
  });

  test.each(['', '/.well-known', '/.well-known/oauth-protected-resource/mcp'])(
    'below %j it is found, and nothing is said',
    (prefix) => {
      const { server, warnings } = create({ resource: usual });
      server.metadataEndpoint.mountedBelow(prefix, 'app.use(router)');
      expect(warnings()).toEqual([]);
    },
  );

  test('nothing is said either where metadataUrl names that place', () => {
    const metadataUrl = 'https://gw.example.com/api/.well-known/oauth-protected-resource';
    const { server, warnings } = create({ resource: 'https://gw.example.com/api/mcp', metadataUrl });
    server.metadataEndpoint.mountedBelow('/api', 'app.use(router)');
    expect(warnings()).toEqual([]);
  });

  test('bearerAuth in front of it: one hint, whoever asks and however often', async () => {
    const { askWith, events } = await protect();
    const target = new URL(url).pathname;
    const hints = () => events.filter(({ type }) => type === 'warning');
    await askWith({ method: 'GET', target: '/mcp' });
    await askWith({ method: 'POST', target });
    await askWith({ method: 'GET', target, headers: { authorization: 'Bearer x' } });
    expect(hints()).toEqual([]);
    for (const query of ['', '?a', '?b']) {
      expect(statusOf(await askWith({ method: 'GET', target: target + query }))).toBe(401);
    }
    expect(hints()).toHaveLength(1);
    expect(JSON.stringify(hints())).toContain('in front of bearerAuth');
  });

  test('a proxy that changes the path in front of it: one hint, with both addresses', async () => {
    const { askWith, events } = await protect();
    for (const prefix of ['/api', '/v2'])
      await askWith({ method: 'GET', target: prefix + new URL(url).pathname });
    const hints = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(hints).toHaveLength(1);
    expect(hints[0]).toContain('"/api/.well-known/oauth-protected-resource/mcp"');
    expect(hints[0]).toContain(`is at ${url}`);
  });
});
