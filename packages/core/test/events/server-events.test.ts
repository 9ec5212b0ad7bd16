import { describe, expect, test } from 'vitest';
import { toFault } from '../../src/events/server-events.js';
import { MCPAuthAuthServerError, type MCPAuthEvent } from '../../src/index.js';
import { createKey } from '../support/keys.js';
import { protect, statusOf } from '../support/protect.js';

const typed = <Type extends MCPAuthEvent['type']>(events: readonly MCPAuthEvent[], type: Type) =>
  events.filter((event): event is Extract<MCPAuthEvent, { type: Type }> => event.type === type);

describe('what an authorization server does, told to the owner', () => {
  test('a discovery that fails: every URL with its status, media type and the name of what failed', async () => {
    const { ask, issuer, events } = await protect({ servers: ({ issuer: id }) => [{ issuer: id }] });
    const oauth = '/.well-known/oauth-authorization-server';
    const openid = '/.well-known/openid-configuration';
    const page = new Response('<html>', { headers: { 'content-type': 'text/html' } });
    issuer.overrides.set(oauth, () => new Response('', { status: 404 }));
    issuer.overrides.set(openid, () => page);
    expect(statusOf(await ask(await issuer.sign()))).toBe(503);
    expect(typed(events, 'fault')).toMatchObject([
      {
        level: 'error',
        issuer: issuer.issuer,
        purpose: 'metadata',
        attempts: [
          { url: `${issuer.issuer}${oauth}`, code: 'unexpected_status', status: 404 },
          { url: `${issuer.issuer}${openid}`, code: 'unexpected_content_type', mediaType: 'text/html' },
        ],
      },
    ]);
  });

  test("a connection that fails: the system's name for it, in the event and at the end of the line", async () => {
    const refused = Object.assign(new Error('no'), { code: 'ECONNREFUSED', address: '127.0.0.1', port: 1 });
    const fetch = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: refused }));
    const { ask, issuer, events } = await protect({ config: { fetch } });
    await ask(await issuer.sign());
    const [fault] = typed(events, 'fault');
    expect(fault?.attempts).toMatchObject([{ code: 'request_failed', cause: 'ECONNREFUSED' }]);
    expect(fault?.error.message).toMatch(/ \(ECONNREFUSED 127\.0\.0\.1:1\)$/);
  });

  test.each([
    ['metadata', 'unexpected_status', { status: 404 }, 'Write the issuer as the provider states it'],
    ['metadata', 'unexpected_status', { status: 502 }, 'Look into the log of the provider'],
    ['metadata', 'invalid_json', {}, 'Write the issuer as the provider states it'],
    ['keys', 'unexpected_status', { status: 404 }, 'Open the jwks_uri of the provider'],
    ['introspection', 'redirect_refused', {}, 'Correct introspection.endpoint'],
    ['keys', 'request_timeout', {}, 'Check that a firewall or proxy'],
    ['keys', 'request_failed', {}, 'Try that URL with curl on this machine'],
    ['keys', 'request_failed', { systemCode: 'EXOTIC' }, 'Try that URL with curl on this machine'],
    ['keys', 'request_failed', { systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'NODE_EXTRA_CA_CERTS'],
    ['keys', 'request_failed', { systemCode: 'BAD_PORT' }, 'have the provider listen on another'],
  ] as const)('what to do: %s, %s, %j', (purpose, code, details, hint) => {
    const error = new MCPAuthAuthServerError(code, 'It failed', { details });
    expect(toFault('https://auth.example.com', purpose, error).hint).toContain(hint);
  });

  test('nothing is added to an error that says itself what to do', () => {
    const error = new MCPAuthAuthServerError('missing_jwks_uri', 'Give its keys as jwks.');
    expect(toFault('https://auth.example.com', 'keys', error)).not.toHaveProperty('hint');
  });

  test('an outage begins once and ends once, however often it fails', async () => {
    const { ask, issuer, clock, events } = await protect();
    issuer.down = true;
    for (let time = 0; time < 3; time++) {
      await ask(await issuer.sign());
      clock.advance(10);
    }
    issuer.down = false;
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    expect(typed(events, 'outage')).toMatchObject([
      { phase: 'begin', purpose: 'metadata', level: 'error' },
      { phase: 'end', purpose: 'metadata', level: 'info', durationMs: 30_000 },
    ]);
    expect(typed(events, 'fault').length).toBeGreaterThan(1);
  });

  test('keys that come and go, by their identifiers, and those that must not verify, with the reason', async () => {
    const { ask, issuer, clock, heard } = await protect();
    const other = await createKey({ kid: 'k2' });
    const publish = (...keys: readonly Awaited<ReturnType<typeof createKey>>[]) =>
      issuer.overrides.set('/jwks', () =>
        Response.json({
          keys: [...keys.map(({ publicJwk }) => publicJwk), { kty: 'oct', kid: 's', k: 'AA' }],
        }),
      );
    publish(issuer.key);
    await ask(await issuer.sign());
    publish(other);
    clock.advance(3600);
    await ask(await issuer.sign());
    expect(typed(heard, 'keys')).toMatchObject([
      {
        change: 'first',
        url: `${issuer.issuer}/jwks`,
        count: 1,
        added: [issuer.key.kid],
        withdrawn: [],
        leftOut: [{ keyId: 's', reason: expect.any(String) }],
        level: 'warn',
      },
      { change: 'rotated', added: ['k2'], withdrawn: [issuer.key.kid] },
    ]);
  });
});
