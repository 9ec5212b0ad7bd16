import { expect, test } from 'vitest';
import {
  testExpress,
  testFastify,
  testFetch,
  testHono,
  type FetchLike,
  type TestRequest,
} from '../../src/index.js';

const echo: FetchLike = {
  fetch: async (request) =>
    Response.json({
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    }),
};

test.each([
  ['testFetch', testFetch],
  ['testHono', testHono],
])('%s sends what it is told', async (_name, serve) => {
  const server = serve(echo);
  const plain = await server.request('/mcp');
  expect(await plain.json()).toMatchObject({ method: 'GET', body: '' });
  const call = { method: 'tools/call', params: { name: 'whoami' } };
  const bound = await server.request('/mcp', { token: 'a', proof: 'b', call, headers: { 'x-more': '1' } });
  expect(await bound.json()).toMatchObject({
    method: 'POST',
    headers: { authorization: 'DPoP a', dpop: 'b', 'x-more': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...call }),
  });
});

test('testExpress listens on 127.0.0.1, and no longer once it is closed', async () => {
  const app = (_request: unknown, response: { end: (text: string) => void }) => response.end('here');
  const server = await testExpress(app);
  expect(server.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await server.request('/')).text()).toBe('here');
  await server.close();
  await expect(server.request('/')).rejects.toThrow();
});

test('testFastify hands over every header, and closes the application', async () => {
  let isClosed = false;
  const server = testFastify({
    inject: ({ headers }) =>
      Promise.resolve({
        statusCode: 401,
        headers: { 'www-authenticate': ['Bearer', 'DPoP'], 'x-host': headers['host'] },
        rawPayload: new TextEncoder().encode('no'),
      }),
    close: () => Promise.resolve((isClosed = true)),
  });
  const response = await server.request('/mcp');
  expect([response.status, await response.text()]).toEqual([401, 'no']);
  expect(response.headers.get('www-authenticate')).toBe('Bearer, DPoP');
  await server.close();
  expect(isClosed).toBe(true);
});

test('a path that leads to another host, and a misspelt option, are errors', async () => {
  const server = testFetch(echo);
  await expect(server.request('https://evil.example/')).rejects.toThrow(/begins with a slash/);
  await expect(server.request('/', { tokens: 'a' } as object)).rejects.toThrow(/"tokens" is not an option/);
});

test('a credential that nobody awaited, or that is empty, is an error, and not a request that is refused anyway', async () => {
  const server = testFetch(echo);
  const token = Promise.resolve('a') as unknown as string;
  const said = (request: TestRequest) => server.request('/', request).then(() => 'sent', String);
  expect(await said({ token })).toContain('token is a promise: await it first');
  expect(await said({ token: '' })).toContain('token is not a string');
  expect(await said({ token: 'a', proof: token })).toContain('proof is a promise');
});
