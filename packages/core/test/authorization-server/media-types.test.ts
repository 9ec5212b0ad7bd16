import { describe, expect, test } from 'vitest';
import { allowed, protect, refused } from '../support/protect.js';

/** Types under which static hosts and gateways serve files with JSON in them. */
const types = [
  'application/octet-stream',
  'text/plain; charset=utf-8',
  'application/jwk-set',
  'text/javascript',
  'text/html',
];
const answer = (body: string, type: string) => () =>
  new Response(body, { headers: { 'content-type': type } });
const page = '<!DOCTYPE html><html><body>Sign in</body></html>';
const metadata = '/.well-known/oauth-authorization-server';

describe('a document is what is in it', () => {
  test.each([...types, ''])('a key set that is served as %j verifies, without a word', async (type) => {
    const { issuer, ask, events } = await protect();
    issuer.overrides.set('/jwks', answer(JSON.stringify({ keys: [issuer.key.publicJwk] }), type));
    allowed(await ask(await issuer.sign()));
    const told = events.filter(({ type: kind }) => kind !== 'decision');
    expect(told.filter(({ type: kind }) => kind !== 'warning')).toEqual([]);
    expect(told).toHaveLength(type === 'text/html' ? 1 : 0);
  });

  test('a key set that says it is a page is read, and that is told', async () => {
    const { issuer, ask, events } = await protect();
    const set = JSON.stringify({ keys: [issuer.key.publicJwk] });
    issuer.overrides.set('/jwks', answer(set, 'Text/HTML; charset=utf-8'));
    allowed(await ask(await issuer.sign()));
    expect(events.filter(({ type: kind }) => kind !== 'decision')).toMatchObject([
      {
        type: 'warning',
        message: `${issuer.issuer}/jwks: the key set is served as "text/html". It is read here.`,
      },
    ]);
  });

  test.each(types)(
    '[RFC8414-3.2-01] metadata that is served as %s is used, and that is told',
    async (type) => {
      const { issuer, ask, events } = await protect();
      issuer.overrides.set(metadata, answer(JSON.stringify(issuer.metadata), type));
      allowed(await ask(await issuer.sign()));
      const [shown = ''] = type.split(';');
      expect(events.filter(({ level }) => level !== 'info')).toMatchObject([
        { type: 'warning', message: expect.stringContaining(`is served as "${shown}"`) as string },
      ]);
    },
  );

  test.each(types)('a page that is served as %s is neither, and the error names the type', async (type) => {
    for (const path of ['/jwks', metadata]) {
      const { issuer, ask, events } = await protect();
      issuer.overrides.set(path, answer(page, type));
      expect(refused(await ask(await issuer.sign())).status).toBe(503);
      const [shown = ''] = type.split(';');
      expect(events).toContainEqual(
        expect.objectContaining({
          type: 'fault',
          error: expect.objectContaining({
            code: 'unexpected_content_type',
            message: expect.stringContaining(`Content-Type "${shown}"`) as string,
          }),
        }),
      );
    }
  });

  test('a page that a key set turns into withdraws no key', async () => {
    const { clock, issuer, ask } = await protect();
    allowed(await ask(await issuer.sign()));
    issuer.overrides.set('/jwks', answer(page, 'text/plain'));
    clock.advance(700);
    allowed(await ask(await issuer.sign({ jti: 'later' })));
  });

  test('[RFC8414-3.3-01] another type changes nothing about whose document it is', async () => {
    const { issuer, ask } = await protect();
    const foreign = { ...issuer.metadata, issuer: 'https://evil.example' };
    issuer.overrides.set(metadata, answer(JSON.stringify(foreign), 'text/plain'));
    expect(refused(await ask(await issuer.sign())).status).toBe(503);
  });
});
