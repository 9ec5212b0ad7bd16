import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import {
  fetchJson,
  platformFetch,
  type FetchFunction,
  type FetchJsonOptions,
} from '../../src/net/fetch-json.js';

const url = 'https://as.example.com/document';

function get(fetch: FetchFunction, options: Partial<FetchJsonOptions> = {}, from = url) {
  return fetchJson(from, { fetch, timeoutMs: 50, maxBytes: 1000, allowInsecure: false, ...options });
}
async function codeOf(result: Promise<unknown>): Promise<string> {
  try {
    await result;
  } catch (error) {
    if (error instanceof MCPAuthAuthServerError) return error.code;
    throw error;
  }
  return 'fetched';
}
const redirect = (location: string, status = 302) => new Response(null, { status, headers: { location } });
const stream = (pull: (controller: ReadableStreamDefaultController) => void | Promise<void>) =>
  new Response(new ReadableStream({ pull }), { headers: { 'content-type': 'application/json' } });

afterEach(() => void vi.unstubAllGlobals());

describe('time is bounded, body included, whatever the given fetch minds', () => {
  const never = () => new Promise<never>(() => undefined);

  test('[RFC9728-7.7-01] a fetch that never answers and ignores its signal', async () => {
    expect(await codeOf(get(never))).toBe('request_timeout');
  });

  test('[RFC9728-7.7-01] a body that never ends and never fills', async () => {
    expect(await codeOf(get(async () => stream(never)))).toBe('request_timeout');
  });

  test('a fetch that minds its signal', async () => {
    const fetch: FetchFunction = (_url, { signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))),
      );
    expect(await codeOf(get(fetch))).toBe('request_timeout');
  });

  test('the connection of an answer that is not wanted is let go', async () => {
    let aborted = false;
    const fetch: FetchFunction = async (_url, { signal }) => {
      signal.addEventListener('abort', () => (aborted = true));
      return new Response('no', { status: 500 });
    };
    expect(await codeOf(get(fetch))).toBe('unexpected_status');
    expect(aborted).toBe(true);
  });
});

describe('size is bounded', () => {
  test('[RFC9728-7.7-01] to the byte', async () => {
    const body = (size: number) => async () => Response.json('x'.repeat(size - 2));
    expect(await codeOf(get(body(1000)))).toBe('fetched');
    expect(await codeOf(get(body(1001)))).toBe('response_too_large');
  });

  test('[RFC9728-7.7-01] without reading on', async () => {
    let chunks = 0;
    const fetch = async () =>
      stream((controller) => {
        chunks += 1;
        controller.enqueue(new Uint8Array(600).fill(0x20));
      });
    expect(await codeOf(get(fetch))).toBe('response_too_large');
    expect(chunks).toBeLessThan(5);
  });

  test('a body whose cancellation fails is still refused as too large', async () => {
    const fetch = async () =>
      new Response(
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(2000).fill(0x20)),
          cancel: () => Promise.reject(new Error('stuck')),
        }),
        { headers: { 'content-type': 'application/json' } },
      );
    expect(await codeOf(get(fetch))).toBe('response_too_large');
  });
});

describe('redirects', () => {
  test.each([
    'https://evil.example/document',
    'http://as.example.com/document',
    'https://as.example.com:8443/document',
    '//evil.example/',
    'https://as.example.com@evil.example/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://169.254.169.254/latest/meta-data',
  ])('[MCP-2026-07-28-MC-013] to %s are refused', async (location) => {
    const fetch = vi.fn(async () => redirect(location));
    expect(await codeOf(get(fetch))).toBe('redirect_refused');
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test('[RFC9728-7.7-01] end after three', async () => {
    let hops = 0;
    expect(await codeOf(get(async () => redirect(`/hop-${++hops}`)))).toBe('redirect_refused');
    expect(hops).toBe(4);
    let few = 0;
    expect(await codeOf(get(async () => (few++ < 3 ? redirect(`/hop-${few}`) : Response.json({}))))).toBe(
      'fetched',
    );
  });

  test('[MCP-2026-07-28-MC-013] are never left to fetch itself', async () => {
    const seen: string[] = [];
    await get(async (_url, { redirect: mode, method }) => {
      seen.push(mode, method);
      return Response.json({});
    });
    expect(seen).toEqual(['manual', 'GET']);
  });
});

describe('what counts as an answer', () => {
  test.each(['text/html', 'text/plain', 'application/octet-stream', ''])(
    'not a page, called %j',
    async (type) => {
      const body = new TextEncoder().encode('<!doctype html><html>');
      const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
      const result = get(async () => new Response(body, { headers }));
      await expect(result).rejects.toThrow(type === '' ? 'no Content-Type' : `Content-Type "${type}"`);
      expect(await codeOf(result)).toBe('unexpected_content_type');
    },
  );

  test.each(['text/html', 'text/plain', 'application/jsonp', 'application/octet-stream', ''])(
    'JSON that is called %j, which is told',
    async (type) => {
      const body = new TextEncoder().encode('{}');
      const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
      const { body: json, otherMediaType } = await get(async () => new Response(body, { headers }));
      expect([json, otherMediaType]).toEqual([{}, type]);
    },
  );

  test('a media type that would break a line of the log is shown in a form that does not', async () => {
    const headers = { 'content-type': `text/"${'x'.repeat(1000)}` };
    const result = get(async () => new Response('<html>', { headers }));
    await expect(result).rejects.toThrow(/Content-Type "text\/\\"x{90,100}"$/);
  });

  test.each(['application/json', 'APPLICATION/JSON ; charset=utf-8', 'application/jwk-set+json'])(
    'the media type %j',
    async (type) => {
      const answer = await get(async () => new Response('{}', { headers: { 'content-type': type } }));
      expect(answer.otherMediaType).toBeUndefined();
    },
  );

  test('a network failure is reported with its cause, without a word of it in the message', async () => {
    const cause = new TypeError('secret detail');
    const result = get(() => Promise.reject(cause));
    await expect(result).rejects.toMatchObject({ code: 'request_failed', cause, details: { url } });
    await expect(result).rejects.not.toThrow('secret');
  });

  test('[OAUTH21-1.5-01] plain http is not even asked', async () => {
    const fetch = vi.fn(async () => Response.json({}));
    expect(await codeOf(get(fetch, {}, 'http://as.example.com/'))).toBe('insecure_url');
    expect(fetch).not.toHaveBeenCalled();
    expect(await codeOf(get(fetch, { allowInsecure: true }, 'http://as.example.com/'))).toBe('fetched');
  });
});

test('the platform’s fetch is looked up when it is needed', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ patched: true }));
  expect((await get(platformFetch)).body).toEqual({ patched: true });
});

test('an error of a fetch function that repeats the request does not hand on its headers', async () => {
  const fetch: FetchFunction = (_url, { headers }) =>
    Promise.reject(
      Object.assign(new Error(headers['x-api-key']), { code: 'ECONNRESET', config: { headers } }),
    );
  const failure = get(fetch, { headers: { 'x-api-key': 'sk-live-0123456789abcdef' } });
  const error: unknown = await failure.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'request_failed', details: { systemCode: 'ECONNRESET' } });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('0123456789');
});
