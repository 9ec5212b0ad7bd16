import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { EventSink } from '../../src/events/event-sink.js';
import type { LogOption } from '../../src/index.js';
import { protect, resource } from '../support/protect.js';

const lines: string[] = [];
const page = 'https://github.com/mcp-auth/mcp-auth/blob/main/docs/errors.md';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  lines.length = 0;
  for (const method of ['warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((line: unknown) => void lines.push(String(line)));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function open(log?: LogOption) {
  return protect({ config: { onEvent: undefined, log }, options: { requiredScopes: ['read'] } });
}

const wrongAudience = (type = 'client_id') => ({ aud: `${resource}/`, [type]: 'claude-desktop' });

describe('the log of a server whose owner has configured nothing', () => {
  test('a denied request is one line: status, place, code, both values, the client, where to read on', async () => {
    const { ask, issuer } = await open();
    await ask(await issuer.sign(wrongAudience()));
    expect(lines).toEqual([
      `[mcp-auth] 401 POST /mcp wrong_audience: the token is for "${resource}/", this resource is "${resource}" (client "claude-desktop"). They differ in a slash at the end. Write resource as the token has it; where clients use the other, write audience on the route → ${page}#wrong_audience`,
    ]);
  });

  test('what a token says that did not verify is marked', async () => {
    const { ask, issuer } = await open();
    await ask(await issuer.sign({ iss: `${issuer.issuer}/`, client_id: 'claude-desktop' }));
    expect(lines).toEqual([
      `[mcp-auth] 401 POST /mcp untrusted_issuer: the token is from "${issuer.issuer}/", trusted is "${issuer.issuer}" (client "claude-desktop", unverified). They differ in a slash at the end. Write the issuer as its tokens have it, with the slash → ${page}#untrusted_issuer`,
    ]);
  });

  test('no subject, and no line that a client could break', async () => {
    const { ask, issuer } = await open();
    await ask(await issuer.sign({ aud: 'x', sub: 'alice', client_id: 'a"\n[mcp-auth] \x1b[31mforged' }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/alice|[^\x20-\x7e→…×]/);
  });

  test('what every login begins with is not printed', async () => {
    const { ask, issuer, clock } = await open();
    await ask();
    await ask(await issuer.sign({ exp: clock.seconds() - 60 }));
    await ask(await issuer.sign({ scope: 'write' }));
    await ask(await issuer.sign({ scope: 'read' }));
    expect(lines).toEqual([]);
  });

  test("unless log is 'all'", async () => {
    const { ask, issuer, clock } = await open('all');
    await ask();
    await ask(await issuer.sign({ exp: clock.seconds() - 90 }));
    await ask(await issuer.sign({ scope: 'write' }));
    expect(lines).toMatchObject([
      expect.stringContaining('401 POST /mcp missing_credentials: '),
      expect.stringMatching(/token_expired: .*: exp is 20\S+Z, 90 s ago/),
      expect.stringContaining('403 POST /mcp insufficient_scope: needs "read", the token grants "write"'),
    ]);
  });

  test('the same again is counted, and told when its minute is over', async () => {
    const { ask, issuer } = await open();
    for (let time = 0; time < 5; time++) await ask(await issuer.sign(wrongAudience()));
    await ask(await issuer.sign({ iss: 'https://evil.example' }));
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('denied in the last minute, more of the same: 4 × wrong_audience on /mcp.');
    vi.advanceTimersByTime(600_000);
    expect(lines).toHaveLength(3);
    await ask(await issuer.sign(wrongAudience()));
    expect(lines).toHaveLength(4);
  });

  test('a rule that fails is told once for each way in which it fails', () => {
    const sink = new EventSink();
    const fail = (cause: unknown) => {
      const error = new MCPAuthConfigError('invalid_rule_result', 'operations.tools["a"]', 'threw.', {
        cause,
      });
      sink.emit({ type: 'policy', resource, error });
    };
    for (let round = 0; round < 3; round++) {
      fail(new Error('no\n[mcp-auth] forged line'));
      fail('not shown');
    }
    expect(lines).toEqual([
      `[mcp-auth] invalid_rule_result: operations.tools["a"]: threw. (no\\u{a}[mcp-auth] forged line) → ${page}#invalid_rule_result`,
      `[mcp-auth] invalid_rule_result: operations.tools["a"]: threw. → ${page}#invalid_rule_result`,
    ]);
  });
});

describe('in production', () => {
  beforeEach(() => vi.stubEnv('NODE_ENV', 'production'));

  test('denied requests are one sum in a minute, with the last of them; nothing when there was nothing', async () => {
    const { ask, issuer } = await open();
    for (let time = 0; time < 3; time++) await ask(await issuer.sign(wrongAudience()));
    await ask(await issuer.sign({ iss: 'https://evil.example' }));
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(
      'denied in the last minute: 3 × wrong_audience on /mcp, 1 × untrusted_issuer on /mcp. The last: 401 POST /mcp untrusted_issuer: ',
    );
    vi.advanceTimersByTime(600_000);
    expect(lines).toHaveLength(1);
  });

  test('errors and warnings come as ever', () => {
    const sink = new EventSink();
    sink.warn('look at this');
    const error = new MCPAuthAuthServerError('request_failed', 'down');
    sink.emit({ type: 'fault', issuer: 'https://as.example.com', purpose: 'keys', attempts: [], error });
    expect(lines).toEqual([
      `[mcp-auth] look at this → ${page}#log-lines`,
      `[mcp-auth] https://as.example.com: request_failed: down → ${page}#request_failed`,
    ]);
  });

  test('an outage of an hour is one line a minute for each authorization server, with how often it failed', () => {
    const sink = new EventSink();
    const fail = (issuer: string, text: string) => {
      const error = new MCPAuthAuthServerError('request_failed', text);
      sink.emit({ type: 'fault', issuer, purpose: 'keys', attempts: [], error });
    };
    for (let second = 0; second < 60; second += 5) fail('https://as.example.com', `down since ${second} s`);
    fail('https://other.example.com', 'down');
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(60_000);
    expect(lines.slice(2)).toEqual([
      `[mcp-auth] failed in the last minute, more of the same: 11 × request_failed of https://as.example.com. The last: https://as.example.com: request_failed: down since 55 s → ${page}#request_failed`,
    ]);
    vi.advanceTimersByTime(600_000);
    expect(lines).toHaveLength(3);
    sink.close();
  });

  test('the environment is read when the configuration is made', async () => {
    const { ask, issuer } = await open();
    vi.stubEnv('NODE_ENV', 'development');
    await ask(await issuer.sign(wrongAudience()));
    expect(lines).toEqual([]);
  });
});

describe('as its owner asks', () => {
  test('with the user of a token, verified or not, only where that is asked for', async () => {
    const { ask, issuer } = await open({ subject: true });
    await ask(await issuer.sign({ ...wrongAudience(), sub: 'alice' }));
    expect(lines[0]).toContain('(subject "alice", client "claude-desktop")');
    await ask(await issuer.sign({ iss: 'https://evil.example', sub: 'mallory' }));
    expect(lines[1]).toMatch(/\(subject "mallory", client "[^"]+", unverified\)/);
  });

  test('with all denials, and to a logger', async () => {
    const logger = { warn: vi.fn(), error: vi.fn() };
    const { ask } = await open({ all: true, logger });
    await ask();
    expect(logger.warn).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'missing_credentials' }),
      expect.stringContaining('missing_credentials'),
    );
    expect(lines).toEqual([]);
  });

  test.each([
    ['log.subjects', { subjects: true }],
    ['log.subject', { subject: 'yes' }],
    ['log.logger', { logger: { warn: () => undefined } }],
    ['log', 'ALL'],
    ['log', 1],
  ])('%s is refused: %j', async (path, log) => {
    await expect(open(log as never)).rejects.toMatchObject({ path });
  });
});

describe('somewhere else', () => {
  test('a logger gets the event and the line, and one that throws changes nothing', async () => {
    const logger = { warn: vi.fn(), error: vi.fn(() => expect.unreachable()) };
    const { ask, issuer } = await open(logger);
    await ask(await issuer.sign(wrongAudience()));
    expect(logger.warn).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'wrong_audience' }),
      expect.stringContaining('401 POST /mcp wrong_audience'),
    );
    issuer.down = true;
    await ask(await issuer.sign({}, { kid: 'unknown' }));
    expect(logger.error).toHaveBeenCalled();
    expect(lines).toEqual([]);
  });

  test('a logger that writes level and time keeps its own: no member of the event has their names', () => {
    const logger = { warn: vi.fn(), error: vi.fn() };
    const sink = new EventSink({ log: logger });
    sink.warn('look at this');
    expect(logger.warn).toHaveBeenCalledExactlyOnceWith(
      { version: 1, type: 'warning', message: 'look at this' },
      `look at this → ${page}#log-lines`,
    );
  });

  test('what is an error by its level is one for a logger, a rule that fails too', () => {
    const logger = { warn: vi.fn(), error: vi.fn() };
    const sink = new EventSink({ log: logger });
    const error = new MCPAuthConfigError('invalid_rule_result', 'operations.tools["a"]', 'threw.');
    sink.emit({ type: 'policy', resource, error });
    expect(logger.error).toHaveBeenCalledExactlyOnceWith(
      { version: 1, type: 'policy', resource, error },
      `invalid_rule_result: operations.tools["a"]: threw. → ${page}#invalid_rule_result`,
    );
    expect(logger.warn).not.toHaveBeenCalled();
  });

  test('false is silent, and so is a listener without log', async () => {
    for (const config of [{ onEvent: undefined, log: false }, { onEvent: () => undefined }] as const) {
      const { ask, issuer } = await protect({ config });
      await ask(await issuer.sign(wrongAudience()));
    }
    expect(lines).toEqual([]);
  });

  test.each([['quiet'], [null], [1]])('%j is no log', async (log) => {
    await expect(protect({ config: { log: log as never } })).rejects.toMatchObject({
      code: 'invalid_option',
      path: 'log',
    });
  });

  test('half a logger is none', async () => {
    const log = { warn: () => undefined } as never;
    await expect(protect({ config: { log } })).rejects.toThrow('A logger has both, warn and error.');
  });
});
