import { afterEach, describe, expect, test, vi } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { EventSink } from '../../src/events/event-sink.js';

const page = 'https://github.com/mcp-auth/mcp-auth/blob/main/docs/errors.md';
const issuer = 'https://as.example.com';

afterEach(() => vi.restoreAllMocks());

function linesOf(tell: (sink: EventSink) => void): string[] {
  const lines: string[] = [];
  const keep = (_event: object, line: string): void => void lines.push(line);
  const sink = new EventSink({ log: { logger: { warn: keep, error: keep } } });
  tell(sink);
  sink.close();
  return lines;
}

describe('a line that tells of a problem ends with the address where it is explained', () => {
  test('a warning has that of the lines without a code', () => {
    expect(linesOf((sink) => sink.warn('look at this'))).toEqual([`look at this → ${page}#log-lines`]);
  });

  test('once: a warning that names another section of the documentation keeps it', () => {
    const upgrade = `${page.replace('errors', 'upgrade/from-mcp-auth-0.2')}#audience`;
    expect(linesOf((sink) => sink.warn(`look at this. See ${upgrade}`))).toEqual([
      `look at this. See ${upgrade}`,
    ]);
  });

  test('an address that somebody else wrote is none', () => {
    const [line] = linesOf((sink) => sink.warn('it goes to https://evil.example/errors.md#log-lines'));
    expect(line).toBe(`it goes to https://evil.example/errors.md#log-lines → ${page}#log-lines`);
  });

  test('the sum of lines has that of the last one', () => {
    const limit = { type: 'limit', resource: 'https://api.example.com/mcp', failures: 60, windowSeconds: 60 };
    const lines = linesOf((sink) => {
      for (const peer of ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'])
        sink.emit({ ...limit, type: 'limit', peer });
    });
    expect(lines).toHaveLength(4);
    expect(lines[2]).toMatch(/^10\.0\.0\.3 .* → \S+#too_many_attempts$/);
    expect(lines[3]).toMatch(/^in the last minute.* 1 × peers told to wait.* → \S+#log-lines$/);
  });

  test('a line that is cut is cut in front of it', () => {
    const error = new MCPAuthConfigError('invalid_rule_result', 'operations.tools["a"]', 'x'.repeat(5000));
    const [line] = linesOf((sink) => sink.emit({ type: 'policy', resource: 'https://a.example', error }));
    expect(line).toMatch(/x… → \S+#invalid_rule_result$/);
  });

  test('a store that does not answer has one, and what is well again has none', () => {
    const store = { type: 'store', store: 'revocations', whenUnavailable: 'local' } as const;
    const lines = linesOf((sink) => {
      sink.emit({ ...store, phase: 'begin', reason: 'down' });
      sink.emit({ ...store, phase: 'end', durationMs: 3000 });
      sink.emit({ type: 'outage', issuer, purpose: 'keys', phase: 'end', durationMs: 3000 });
    });
    expect(lines).toEqual([
      expect.stringMatching(/^stores\.revocations does not answer.* → \S+#log-lines$/),
      'stores.revocations answers again after 3 s',
      `${issuer}: keys works again after 3 s`,
    ]);
  });
});
