import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test('where asking the process for a module throws, as on the edge runtime of Next.js, requests are read as Fetch shows them', async () => {
  const edge = new Proxy(process, {
    get: (target, name) => {
      if (name === 'getBuiltinModule') throw new Error('A Node.js API is used which is not supported');
      return Reflect.get(target, name) as unknown;
    },
  });
  vi.stubGlobal('process', edge);
  vi.resetModules();
  const { findHostRequest, isMadeOf } = await import('../../src/node/host-request.js');
  const request = new Request('https://api.example.com/mcp');
  expect([findHostRequest(request), isMadeOf(request, {})]).toEqual([undefined, false]);
});
