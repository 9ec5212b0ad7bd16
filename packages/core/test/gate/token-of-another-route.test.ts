import { expect, test } from 'vitest';
import { createHead } from '../support/head.js';
import { protect, resource } from '../support/protect.js';

test('a token that was first seen on another route has the same identifier there: an auditor follows it through all routes', async () => {
  const { server, issuer, ask, events } = await protect();
  const other = server.createGate('jwt', { resource });
  const token = await issuer.sign({ jti: 'id-of-a-token' });
  await ask(token);
  await other.authenticate(createHead({ headers: { authorization: `Bearer ${token}` } }));
  const [first, second] = events.map((event) => (event.type === 'decision' ? event.caller?.tokenId : 'none'));
  expect(first).toMatch(/^[\da-f]{32}$/);
  expect(second).toBe(first);
});
