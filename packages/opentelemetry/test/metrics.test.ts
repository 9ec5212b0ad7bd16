import { describe, expect, test } from 'vitest';
import { instrument, instrumentOperations } from './support/instrumented.js';

describe('what is counted', () => {
  test('decisions by outcome, code and route, and whether the token was remembered', async () => {
    const { ask, issuer, recorder } = await instrument();
    const token = await issuer.sign();
    await ask();
    await ask(await issuer.sign({ aud: 'elsewhere' }));
    await ask(token);
    await ask(token);
    await ask(token);
    const place = { 'mcp_auth.route': '/mcp' };
    const denied = { ...place, 'mcp_auth.outcome': 'deny' };
    const allowed = { ...place, 'mcp_auth.outcome': 'allow' };
    const points = await recorder.points('mcp_auth.decisions');
    expect(points.map(({ labels, value }) => [labels, value])).toEqual([
      [{ ...denied, 'mcp_auth.code': 'missing_credentials', 'mcp_auth.cache': 'none' }, 1],
      [{ ...denied, 'mcp_auth.code': 'wrong_audience', 'mcp_auth.cache': expect.any(String) }, 1],
      [{ ...allowed, 'mcp_auth.cache': 'first-sight' }, 1],
      [{ ...allowed, 'mcp_auth.cache': 'remembered' }, 2],
    ]);
  });

  test('time to verify: of tokens that were not remembered', async () => {
    const { ask, issuer, recorder } = await instrument();
    const token = await issuer.sign();
    for (let round = 0; round < 3; round++) await ask(token);
    expect(await recorder.points('mcp_auth.verification.duration')).toEqual([
      {
        name: 'mcp_auth.verification.duration',
        labels: { 'mcp_auth.route': '/mcp', 'mcp_auth.outcome': 'allow' },
        value: 1,
      },
    ]);
  });

  test('denied tokens by issuer: those of configured ones', async () => {
    const { ask, issuer, recorder } = await instrument();
    await ask(await issuer.sign({ aud: 'elsewhere' }));
    await ask(await issuer.sign({ iss: 'https://evil.example' }));
    await ask('opaque');
    await ask();
    expect((await recorder.points('mcp_auth.refused_tokens')).map(({ labels }) => labels)).toEqual([
      { 'mcp_auth.issuer': issuer.issuer, 'mcp_auth.code': 'wrong_audience' },
      { 'mcp_auth.issuer': '_other', 'mcp_auth.code': 'untrusted_issuer' },
      { 'mcp_auth.issuer': '_other', 'mcp_auth.code': expect.any(String) },
    ]);
  });

  test('an outage begins once and ends with the next answer', async () => {
    const { ask, issuer, recorder, clock } = await instrument();
    const available = async () =>
      (await recorder.points('mcp_auth.authorization_server.available')).map(({ labels, value }) => [
        labels['mcp_auth.purpose'],
        value,
      ]);
    issuer.down = true;
    const token = await issuer.sign();
    await ask(token);
    clock.advance(60);
    await ask(token);
    expect(await available()).toEqual([['metadata', 0]]);
    issuer.down = false;
    clock.advance(60);
    await ask(token);
    expect(await available()).toEqual([
      ['metadata', 1],
      ['keys', 1],
    ]);
    const asked = { 'mcp_auth.issuer': issuer.issuer, 'mcp_auth.purpose': 'metadata' };
    expect(await recorder.points('mcp_auth.outages')).toMatchObject([{ labels: asked, value: 1 }]);
    expect(await recorder.points('mcp_auth.faults')).toMatchObject([
      { labels: { 'mcp_auth.issuer': issuer.issuer, 'mcp_auth.code': 'request_failed' }, value: 2 },
    ]);
    const [age] = await recorder.points('mcp_auth.keys.age');
    expect(age).toMatchObject({ labels: { 'mcp_auth.issuer': issuer.issuer } });
    expect(age?.value).toBeLessThan(60);
  });

  test('rules that go wrong, limits, warnings: how often, without what they say', async () => {
    const { call, onEvent, recorder, issuer } = await instrumentOperations({
      tools: { '*': () => Promise.reject(new Error('database')) },
    });
    await call('tools/call', { name: 'whoami' });
    const stamp = { version: 1, time: 0, level: 'warn' } as const;
    onEvent({
      ...stamp,
      type: 'stream',
      resource: 'https://api.example.com/mcp',
      reason: 'revoked',
      count: 3,
      open: 1,
    });
    onEvent({ ...stamp, type: 'warning', message: 'once' });
    const store = { type: 'store', store: 'claims', whenUnavailable: 'refuse' } as const;
    onEvent({ ...stamp, ...store, phase: 'begin', reason: 'ECONNREFUSED' });
    onEvent({ ...stamp, ...store, phase: 'end', durationMs: 10 });
    const limit = {
      type: 'limit',
      resource: 'https://api.example.com/mcp',
      failures: 9,
      windowSeconds: 60,
    } as const;
    onEvent({ ...stamp, ...limit, peer: '192.0.2.1' });
    onEvent({ ...stamp, ...limit, issuer: issuer.issuer, clientId: 'app' });
    const full = { type: 'cache', maxEntries: 10, maxBytes: 100_000 } as const;
    onEvent({ ...stamp, ...full, cache: 'tokens', dropped: 3 });
    onEvent({ ...stamp, ...full, cache: 'introspection', issuer: issuer.issuer, dropped: 4 });
    expect(await recorder.points('mcp_auth.evictions')).toMatchObject([
      { labels: { 'mcp_auth.cache_name': 'tokens' }, value: 3 },
      { labels: { 'mcp_auth.cache_name': 'introspection', 'mcp_auth.issuer': issuer.issuer }, value: 4 },
    ]);
    const resource = { 'mcp_auth.resource': 'https://api.example.com/mcp' };
    expect(await recorder.points('mcp_auth.rule_errors')).toMatchObject([{ labels: resource, value: 1 }]);
    expect(await recorder.points('mcp_auth.rules.duration')).toMatchObject([{ value: 1 }]);
    expect(await recorder.points('mcp_auth.ended_streams')).toMatchObject([
      {
        labels: { 'mcp_auth.resource': 'https://api.example.com/mcp', 'mcp_auth.reason': 'revoked' },
        value: 3,
      },
    ]);
    expect(await recorder.points('mcp_auth.store_outages')).toMatchObject([
      { labels: { 'mcp_auth.store': 'claims' }, value: 1 },
    ]);
    expect(await recorder.points('mcp_auth.warnings')).toMatchObject([{ labels: {}, value: 1 }]);
    expect((await recorder.points('mcp_auth.limits')).map(({ labels }) => labels)).toEqual([
      { ...resource, 'mcp_auth.limited': 'peer' },
      { ...resource, 'mcp_auth.limited': 'client' },
    ]);
  });

  test('operations by method and target: those that rules name', async () => {
    const { call, recorder } = await instrumentOperations({
      tools: { whoami: [], purge: 'refuse', '*': [] },
      prompts: { greet: [], '*': [] },
      resources: { 'notes://1': [], 'notes://{id}': [], '*': [] },
    });
    await call('tools/call', { name: 'whoami' });
    await call('tools/call', { name: 'purge' });
    await call('prompts/get', { name: 'greet' });
    await call('resources/read', { uri: 'notes://1' });
    await call('resources/read', { uri: 'notes://2' });
    await call('completion/complete', { ref: { type: 'ref/prompt', name: 'greet' } });
    await call('tools/list');
    const allowed = { 'mcp_auth.route': '/mcp', 'mcp_auth.outcome': 'allow' };
    const labels = (await recorder.points('mcp_auth.operations')).map((point) => point.labels);
    expect(labels).toEqual(
      [
        { ...allowed, 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'whoami' },
        {
          ...allowed,
          'mcp_auth.outcome': 'deny',
          'mcp.method.name': 'tools/call',
          'gen_ai.tool.name': 'purge',
        },
        { ...allowed, 'mcp.method.name': 'prompts/get', 'gen_ai.prompt.name': 'greet' },
        { ...allowed, 'mcp.method.name': 'resources/read', 'mcp.resource.uri': 'notes://1' },
        { ...allowed, 'mcp.method.name': 'resources/read', 'mcp.resource.uri': '_other' },
        { ...allowed, 'mcp.method.name': 'completion/complete' },
        { ...allowed, 'mcp.method.name': 'completion/complete' },
        { ...allowed, 'mcp.method.name': 'tools/list' },
      ].filter((each, index, all) => JSON.stringify(each) !== JSON.stringify(all[index - 1])),
    );
  });
});

describe('no label takes a value that a client can choose', () => {
  test('names, issuers, audiences, clients and headers of a thousand requests leave the labels as they were', async () => {
    const { call, ask, askWith, issuer, recorder } = await instrumentOperations({
      tools: { whoami: [], '*': [] },
      resources: { 'notes://{id}': [], '*': [] },
      methods: { '*': [] },
    });
    const made = (index: number) => `made-up-${index}`;
    const request = async (index: number) => {
      const name = made(index);
      await call('tools/call', { name });
      await call('tools/call', { name: `${name}","forged="1` });
      await call('resources/read', { uri: `notes://${name}` });
      await call('prompts/get', { name });
      await call('completion/complete', { ref: { type: 'ref/resource', uri: `notes://${name}` } });
      await call(`${name}/method`);
      await call('__proto__');
      await ask(await issuer.sign({ iss: `https://${name}.example` }));
      await ask(await issuer.sign({ aud: name, sub: name, client_id: name }));
      await ask(await issuer.sign({}, { kid: name }));
      await ask(`opaque-${name}`);
      await askWith({
        method: 'MADE-UP',
        target: `/mcp/${name}`,
        headers: { traceparent: name, 'x-request-id': name, authorization: `Basic ${name}` },
      });
    };
    // Of keys that nobody has, some are looked for and some are not
    for (let index = 0; index < 3; index++) await request(index);
    const before = (await recorder.points()).map(({ name, labels }) => [name, labels]);
    for (let index = 3; index < 100; index++) await request(index);
    const after = (await recorder.points()).map(({ name, labels }) => [name, labels]);
    expect(after).toEqual(before);
    expect(JSON.stringify(after)).not.toMatch(/made-up|MADE-UP|__proto__|forged/);
  });
});
