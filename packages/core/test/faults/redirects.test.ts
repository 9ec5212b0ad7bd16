import { describe, expect, test } from 'vitest';
import type { Endpoint, Misbehaviour } from './misbehaving-issuer.js';
import { expectOutage, expectRecovery, underFault } from './under-fault.js';

const redirect =
  (location: string | undefined, status = 302): Misbehaviour =>
  (response) => {
    response.writeHead(status, location === undefined ? {} : { location });
    response.end();
  };

describe.each(['metadata', 'keys'] as const)('%s endpoint', (endpoint: Endpoint) => {
  test.each([301, 302, 303, 307, 308])(
    'that redirects to another origin with status %i is not followed [MCP-2026-07-28-MC-013] [RFC9728-7.7-01]',
    async (status) => {
      const [server, other] = await Promise.all([underFault(), underFault()]);
      server.issuer.misbehaviour[endpoint] = redirect(`${other.issuer.issuer}/keys`, status);
      const retryAfter = await expectOutage(await server.send(await server.token()));
      expect(other.issuer.requests).toEqual({ metadata: 0, keys: 0, elsewhere: 0 });
      expect(server.faults()).toEqual(['redirect_refused']);
      server.issuer.misbehaviour[endpoint] = undefined;
      await expectRecovery(server, retryAfter);
    },
  );

  test.each([
    ['an internal address', 'http://169.254.169.254/latest/meta-data'],
    ['a local file', 'file:///etc/passwd'],
    ['a data URL', 'data:application/json,{}'],
    ['another scheme of the same host', 'ftp://127.0.0.1/keys'],
    ['another port', '//127.0.0.1:1/keys'],
    ['no place', undefined],
    ['no URL', 'http://['],
  ])('that redirects to %s is not followed [MCP-2026-07-28-MC-013]', async (_what, location) => {
    const server = await underFault();
    server.issuer.misbehaviour[endpoint] = redirect(location);
    await expectOutage(await server.send(await server.token()));
    expect(server.asked.filter((url) => !url.startsWith(server.issuer.issuer))).toEqual([]);
    expect(server.issuer.requests[endpoint]).toBe(1);
  });

  test('that redirects in a circle is given up soon [MCP-2026-07-28-MC-013]', async () => {
    const server = await underFault();
    server.issuer.misbehaviour[endpoint] = (response, request) => redirect(request.url)(response, request);
    await expectOutage(await server.send(await server.token()));
    expect(server.issuer.requests[endpoint]).toBeLessThanOrEqual(4);
  });

  test('that redirects within its origin is followed [RFC8414-3.2-01]', async () => {
    const server = await underFault();
    const { issuer } = server;
    let moved = 0;
    issuer.misbehaviour[endpoint] = (response, request) => {
      if (moved++ === 0) redirect(request.url)(response, request);
      else {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(endpoint === 'metadata' ? issuer.document : issuer.keySet));
      }
    };
    expect(await server.ask()).toBe(200);
    expect(issuer.requests[endpoint]).toBe(2);
  });
});
