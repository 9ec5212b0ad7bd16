import { describe, expect, test } from 'vitest';
import {
  auditServer,
  blackBoxCases,
  formatAuditLine,
  registerAudit,
  type BlackBoxRequest,
  type BlackBoxResponse,
} from '../../src/black-box.js';

const url = 'https://mcp.example.com/mcp';
const metadataUrl = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';
const token = 'a-token-that-nobody-may-see-0123456789';

const document = { resource: url, authorization_servers: ['https://id.example.com'] };

/** A server that refuses everybody in the right way. */
function answer({ method, url: asked }: BlackBoxRequest): BlackBoxResponse {
  if (asked === metadataUrl && method === 'GET')
    return { status: 200, headers: [['Content-Type', 'application/json']], body: JSON.stringify(document) };
  if (asked !== url) return { status: 404, headers: [], body: '' };
  const challenge = `Bearer resource_metadata="${metadataUrl}"`;
  return { status: 401, headers: [['WWW-Authenticate', challenge]], body: '{}' };
}

function record(respond = answer) {
  const sent: BlackBoxRequest[] = [];
  const send = (request: BlackBoxRequest) => {
    sent.push(request);
    return Promise.resolve(respond(request));
  };
  return { sent, send };
}

const pick = (...ids: readonly string[]) => blackBoxCases.filter(({ id }) => ids.includes(id));

describe('what an audit does', () => {
  test('to a server of others it sends nothing hostile without a word of its owner', async () => {
    const { send, sent } = record();
    const report = await auditServer({ url, send });
    const hostile = new Set(blackBoxCases.filter((each) => each.hostile).map(({ id }) => id));
    const asked = report.results.filter(({ id, outcome }) => hostile.has(id) && outcome !== 'skipped');
    expect(asked).toEqual([]);
    expect(JSON.stringify(sent)).not.toContain('X-Injected');
  });

  test('who hangs up on tokens fails, once an area, and not silently', async () => {
    const { sent } = record();
    const send = (request: BlackBoxRequest) => {
      sent.push(request);
      const hangsUp = request.headers.some(([name]) => name === 'Authorization');
      return hangsUp ? Promise.reject(new Error('hung up')) : Promise.resolve(answer(request));
    };
    const report = await auditServer({ url, send, credentials: { token }, revisions: ['2025-11-25'] });
    const silent = report.results.flatMap((result) =>
      result.outcome === 'failed' && result.expected === 'an answer' ? [result] : [],
    );
    expect(silent.map(({ id }) => id)).toContain('good-token');
    expect(new Set(silent.map(({ area }) => area)).size).toBe(silent.length);
    expect(silent[0]?.actual).toBe('none, twice (hung up)');
  });

  test('who answers nothing any more fails once, and is not asked without end', async () => {
    let answers = 1;
    const { sent } = record();
    const send = (request: BlackBoxRequest) => {
      sent.push(request);
      answers -= 1;
      return answers < 0 ? Promise.reject(new Error('gone')) : Promise.resolve(answer(request));
    };
    const report = await auditServer({ url, send, hostile: true, credentials: { token } });
    expect(report.totals).toMatchObject({ failed: 1 });
    expect(report.grade).toBe('D');
    expect(sent.length).toBeLessThan(20);
  });

  test('who did not answer once is asked again', async () => {
    let asked = 0;
    const send = (request: BlackBoxRequest) => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('a hiccup')) : Promise.resolve(answer(request));
    };
    const report = await auditServer({ url, send, cases: pick('open-door', 'challenge-bearer') });
    expect(report.totals.failed).toBe(0);
    expect(report.totals.passed).toBeGreaterThan(0);
  });

  test('requests are bounded, and what is left over is skipped', async () => {
    const { send, sent } = record();
    const report = await auditServer({ url, send, maxRequests: 10, hostile: true });
    expect(sent.length).toBe(10);
    expect(report.requests).toBe(10);
    expect(report.results.at(-1)).toMatchObject({ outcome: 'skipped' });
    expect(report.cutShort).toBe('requests');
  });

  test('the time is bounded, for a server that answers each request after a while and for one that never does', async () => {
    const slow = (request: BlackBoxRequest) =>
      new Promise<BlackBoxResponse>((resolve) => setTimeout(() => resolve(answer(request)), 50));
    const silent = () => new Promise<BlackBoxResponse>(() => undefined);
    for (const send of [slow, silent]) {
      const report = await auditServer({ url, send, maxSeconds: 0.4, hostile: true });
      expect(report.totals).toMatchObject({ failedMust: 0, failedShould: 0 });
      expect(report.requests).toBeLessThan(10);
      expect(report.results.at(-1)).toMatchObject({ outcome: 'skipped', reason: 'Not judged, out of time.' });
      expect(report.cutShort).toBe('time');
    }
  });

  test('nothing is cut short where there was time', async () => {
    const { send } = record();
    const report = await auditServer({ url, send, cases: pick('open-door') });
    expect(report).not.toHaveProperty('cutShort');
  });

  test('a token goes to the endpoint alone, never to an address in a document', async () => {
    const { send, sent } = record();
    await auditServer({
      url,
      send,
      credentials: { token, tokenWithoutScope: `${token}-narrow` },
      hostile: true,
    });
    const carriers = sent.filter((request) => JSON.stringify(request).includes(token));
    expect(carriers.length).toBeGreaterThan(10);
    expect(new Set(carriers.map((request) => new URL(request.url).origin))).toEqual(
      new Set([new URL(url).origin]),
    );
  });

  test('no token is in the report, not even where a server sends it back', async () => {
    const { send } = record((request) => ({
      ...answer(request),
      status: 200,
      body: JSON.stringify(request),
    }));
    const report = await auditServer({ url, send, credentials: { token }, hostile: true });
    expect(report.totals.failed).toBeGreaterThan(20);
    expect(JSON.stringify(report)).not.toContain(token);
    expect(report.results.map(formatAuditLine).join('\n')).not.toContain(token);
  });

  test('a case is excluded by its id with a reason that is told', async () => {
    const { send } = record();
    const cases = pick('metadata-cors');
    const report = await auditServer({
      url,
      send,
      cases,
      exclude: { 'metadata-cors': 'No pages call this.' },
    });
    expect(report.results.map(({ outcome }) => outcome)).toEqual(['excluded', 'excluded', 'excluded']);
    expect(formatAuditLine(report.results[0] ?? expect.fail())).toContain('No pages call this.');
  });

  test('an exclusion of nothing, or without a reason, is a mistake', async () => {
    const { send } = record();
    await expect(auditServer({ url, send, exclude: { 'no-such-case': 'why' } })).rejects.toThrow(TypeError);
    await expect(auditServer({ url, send, exclude: { 'metadata-cors': ' ' } })).rejects.toThrow(TypeError);
    await expect(auditServer({ url: 'file:///mcp', send })).rejects.toThrow(TypeError);
  });

  test('a door that is open gets the worst grade', async () => {
    const { send } = record((request) => ({ ...answer(request), status: 200, headers: [] }));
    const report = await auditServer({ url, send, cases: pick('open-door') });
    expect(report.grade).toBe('F');
  });

  test('a server that dies of a request has failed, one that closes a connection has not', async () => {
    let isDead = false;
    const dying = (request: BlackBoxRequest) => {
      isDead ||=
        JSON.stringify(request).includes('\\u0000') ||
        request.headers.some(([, value]) => value.length > 9000);
      return isDead ? Promise.reject(new Error('ECONNRESET')) : Promise.resolve(answer(request));
    };
    const cases = pick('hostile-long-token');
    const died = await auditServer({ url, send: dying, cases, hostile: true, revisions: ['2026-07-28'] });
    expect(died.results[0]).toMatchObject({ outcome: 'failed' });
    const closing = (request: BlackBoxRequest) =>
      request.headers.some(([, value]) => value.length > 9000)
        ? Promise.reject(new Error('ECONNRESET'))
        : Promise.resolve(answer(request));
    const closed = await auditServer({ url, send: closing, cases, hostile: true, revisions: ['2026-07-28'] });
    expect(closed.results[0]).toMatchObject({ outcome: 'skipped' });
  });

  test('what a server sends makes no second line and no colours', async () => {
    const { send } = record((request) => ({
      ...answer(request),
      headers: [['WWW-Authenticate', 'Bearer error="\u001b[31mred\r\nline"']],
    }));
    const { results } = await auditServer({ url, send });
    expect(results.map(formatAuditLine).filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
  });

  test('a test framework gets one test for each case and revision', async () => {
    const { send } = record();
    const tests = new Map<string, () => Promise<void>>();
    registerAudit(
      { url, send, cases: pick('challenge-no-error', 'metadata-cors'), revisions: ['2026-07-28'] },
      (name, run) => tests.set(name, run),
    );
    expect([...tests.keys()].map((name) => name.split(':')[0])).toEqual([
      'metadata-cors',
      'challenge-no-error',
    ]);
    const [cors, noError] = [...tests.values()];
    await expect(cors?.()).rejects.toThrow('Access-Control-Allow-Origin');
    await expect(noError?.()).resolves.toBeUndefined();
  });
});
