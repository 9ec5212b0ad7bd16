import { describe, expect, test } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { atOnce } from '../support/at-once.js';
import { createHead, type HeadOptions } from '../support/head.js';

const prefix = '/.well-known/oauth-protected-resource';
const authorizationServers = [{ issuer: 'https://as.example.com' }];

function endpoint(...resources: readonly string[]) {
  const protectedResources = resources.map((resource) => ({ metadata: { resource, authorizationServers } }));
  const { metadataEndpoint } = new ResourceServer({ protectedResources });
  const ask = (target: string, head: HeadOptions = {}) =>
    atOnce(metadataEndpoint.answer(createHead({ method: 'GET', target, ...head })));
  const resourceAt = (target: string, host?: string) => {
    const body = ask(target, host === undefined ? {} : { host })?.body;
    return body === undefined ? undefined : (JSON.parse(body) as { resource: string }).resource;
  };
  return { metadataEndpoint, ask, resourceAt };
}

describe('an unknown resource gets nobody else’s document', () => {
  const { resourceAt } = endpoint('https://api.example.com/mcp', 'https://api.example.com/notes');

  test.each([
    prefix,
    `${prefix}/`,
    `${prefix}/other`,
    `${prefix}/mcp/`,
    `${prefix}/mcp/sub`,
    `${prefix}/MCP`,
    `${prefix}/%6dcp`,
    `${prefix}/../mcp`,
    `${prefix}x/mcp`,
    `/mcp${prefix}`,
    `/x${prefix}/mcp`,
    '/.well-known/oauth-authorization-server',
    '/mcp',
    '/',
    '',
    '*',
    `//evil.example${prefix}/mcp`,
  ])('[RFC9728-3.2-04] %j', (target) => {
    expect(resourceAt(target)).toBeUndefined();
  });

  test('[RFC9728-3.3-03] each path leads to its own', () => {
    expect(resourceAt(`${prefix}/mcp`)).toBe('https://api.example.com/mcp');
    expect(resourceAt(`${prefix}/notes`)).toBe('https://api.example.com/notes');
  });
});

describe('two resources with one path on two hosts stay apart', () => {
  const { metadataEndpoint, resourceAt } = endpoint('https://a.example/mcp', 'https://b.example:8443/mcp');

  test('[RFC9728-3.3-03] the host selects', () => {
    expect(resourceAt(`${prefix}/mcp`, 'a.example')).toBe('https://a.example/mcp');
    expect(resourceAt(`${prefix}/mcp`, 'B.EXAMPLE:8443')).toBe('https://b.example:8443/mcp');
  });

  test.each([undefined, 'c.example', 'b.example', 'a.example.evil.example', 'a.example:444', ''])(
    'and an unknown one selects none: %j',
    (host) => {
      expect(resourceAt(`${prefix}/mcp`, host)).toBeUndefined();
    },
  );

  test('[MCP-EXT-EMA-01] it is never written anywhere', () => {
    const { ask } = endpoint('https://a.example/mcp');
    const answer = ask(`${prefix}/mcp`, { host: 'evil.example' });
    expect(JSON.stringify(answer)).not.toContain('evil');
    expect(answer?.status).toBe(200);
  });

  test('with the default port as without', () => {
    expect(resourceAt(`${prefix}/mcp`, 'a.example:443')).toBe('https://a.example/mcp');
    expect(resourceAt(`${prefix}/mcp`, 'b.example:443')).toBeUndefined();
  });

  test('the path is mounted once', () => {
    expect(metadataEndpoint.paths).toEqual([`${prefix}/mcp`]);
  });
});

describe('resources that differ in the query', () => {
  const { resourceAt } = endpoint(
    'https://a.example/mcp',
    'https://a.example/mcp?t=1',
    'https://a.example/mcp?t=2',
  );

  test('[RFC9728-3-01] each under its own, and the plain one for the rest', () => {
    expect(resourceAt(`${prefix}/mcp?t=1`)).toBe('https://a.example/mcp?t=1');
    expect(resourceAt(`${prefix}/mcp?t=2`)).toBe('https://a.example/mcp?t=2');
    expect(resourceAt(`${prefix}/mcp`)).toBe('https://a.example/mcp');
    expect(resourceAt(`${prefix}/mcp?t=3`)).toBe('https://a.example/mcp');
  });

  test('without a plain one the rest gets nothing', () => {
    const { resourceAt: at } = endpoint('https://a.example/mcp?t=1');
    expect(at(`${prefix}/mcp?t=2`)).toBeUndefined();
    expect(at(`${prefix}/mcp`)).toBeUndefined();
  });

  test('on two hosts', () => {
    const { resourceAt: at } = endpoint('https://a.example/mcp?t=1', 'https://b.example/mcp?t=1');
    expect(at(`${prefix}/mcp?t=1`, 'b.example')).toBe('https://b.example/mcp?t=1');
    expect(at(`${prefix}/mcp?t=1`, 'c.example')).toBeUndefined();
  });
});

describe('the document is a public, cacheable resource', () => {
  const { ask } = endpoint('https://api.example.com/mcp');
  const target = `${prefix}/mcp`;
  const fields = (answer: ReturnType<typeof ask>) =>
    Object.fromEntries((answer?.headers ?? []).map(([name, value]) => [name.toLowerCase(), value]));

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'get', ''])(
    '[RFC9110-9.1-01] %j is not allowed',
    (method) => {
      const answer = ask(target, { method });
      expect(answer?.status).toBe(405);
      expect(fields(answer).allow).toBe('GET, HEAD, OPTIONS');
    },
  );

  test('[RFC9728-3.2-01][RFC9728-7.10-01] GET', () => {
    const answer = ask(target);
    expect(answer?.status).toBe(200);
    expect(fields(answer)).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'public, max-age=3600',
      'access-control-allow-origin': '*',
    });
  });

  test('[RFC9110-9.1-01] HEAD: the same fields without content', () => {
    expect(ask(target, { method: 'HEAD' })).toEqual({ ...ask(target), body: undefined });
  });

  test('[RFC9110-CORS-01] a preflight is answered without a token', () => {
    const answer = ask(target, { method: 'OPTIONS' });
    expect(answer?.status).toBe(204);
    expect(fields(answer)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    });
  });

  test('[RFC9728-3-01] a target in absolute form is read like one in origin form', () => {
    expect(ask(`https://api.example.com${target}`)?.status).toBe(200);
    expect(ask(`HTTP://whatever.example${target}?x`)?.status).toBe(200);
  });
});
