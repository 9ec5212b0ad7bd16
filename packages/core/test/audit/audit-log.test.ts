import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { auditLog, type AuditedDecision, type AuditLogOptions } from '../../src/audit.js';
import { allowed, forged } from './decisions.js';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
  file = join(folder, 'audit.log');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Line = Readonly<Record<string, unknown>>;

const readLines = (path = file): Line[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

async function keep(
  events: readonly AuditedDecision[],
  options: Partial<AuditLogOptions> = {},
): Promise<void> {
  const audit = auditLog({ file, ...options });
  for (const event of events) audit(event);
  await audit.close();
}

const numbered = (count: number): AuditedDecision[] =>
  Array.from({ length: count }, (_, index) => ({ ...allowed, requestId: `request-${index}` }));

/** All lines of all files, the oldest first. */
const readAll = () =>
  readdirSync(folder)
    .sort((one, other) => Number(/\d+$/.exec(other)?.[0] ?? 0) - Number(/\d+$/.exec(one)?.[0] ?? 0))
    .flatMap((name) => readLines(join(folder, name)));

describe('what is kept', () => {
  test('what a token says that did not verify is no caller', async () => {
    await keep([forged]);
    const [line] = readLines();
    expect(line).not.toHaveProperty('caller');
    expect(line).toHaveProperty('claimed.subject', 'administrator');
  });

  test('one line for each decision, allowed and denied alike, in order', async () => {
    await keep([allowed, forged]);
    expect(readLines()).toEqual([allowed, forged]);
  });

  test.each<[string, () => unknown]>([
    ['a promise', () => Promise.resolve(allowed)],
    ['a promise that rejects', () => Promise.reject(new Error('late'))],
    ['true', () => true],
    ['null', () => null],
    ['a string', () => 'allow'],
    ['an empty object', () => ({})],
  ])('a decision for which keep returns %s is missing, and counted', async (_what, give) => {
    const audit = auditLog({ file, keep: give as never });
    audit(allowed);
    await audit.close();
    expect(audit.dropped).toBe(1);
    expect(readLines()).toMatchObject([{ type: 'dropped', count: 1 }]);
  });

  test('other events are not decisions', async () => {
    const audit = auditLog({ file });
    audit({ version: 1, type: 'warning', time: 0, level: 'warn', message: 'odd' });
    await audit.close();
    expect(readLines()).toEqual([]);
  });

  test('a file that exists is appended to', async () => {
    await keep([allowed]);
    await keep([forged]);
    expect(readLines()).toHaveLength(2);
  });

  test('a line that a process left unfinished does not spoil the next', async () => {
    writeFileSync(file, '{"version":1,"type":"deci');
    await keep([allowed]);
    expect(readFileSync(file, 'utf8').split('\n')[1]).toBe(JSON.stringify(allowed));
  });

  test.skipIf(process.platform === 'win32')('only the owner of the process may read it', async () => {
    await keep([allowed]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('as OCSF, where that is asked for', async () => {
    await keep([allowed], { format: 'ocsf' });
    expect(readLines()).toMatchObject([{ class_uid: 6003, metadata: { version: '1.8.0' } }]);
  });

  test('personal data is left out, and what need not be kept', async () => {
    await keep([allowed, forged], {
      keep: (decision) =>
        decision.outcome === 'deny' || decision.caller === undefined
          ? undefined
          : { ...decision, caller: { issuer: decision.caller.issuer, expiresAt: decision.caller.expiresAt } },
    });
    expect(readLines()).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).not.toContain('user-1');
  });

  test('a function that fails drops the decision, and does not touch the request', async () => {
    const audit = auditLog({
      file,
      keep: () => {
        throw new Error('of the application');
      },
    });
    expect(() => audit(allowed)).not.toThrow();
    await audit.close();
    expect(audit.dropped).toBe(1);
    expect(readLines()).toMatchObject([{ type: 'dropped', count: 1 }]);
  });
});

describe('rotation', () => {
  test('no file is larger than allowed, none is lost but the oldest, and no line is cut', async () => {
    await keep(numbered(400), { maxBytes: 20_000, maxFiles: 5 });
    const names = readdirSync(folder).sort();
    expect(names).toEqual(['audit.log', 'audit.log.1', 'audit.log.2', 'audit.log.3', 'audit.log.4']);
    for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(20_000);
    const ids = readAll().map(({ requestId }) => requestId);
    expect(ids).toEqual(
      Array.from({ length: ids.length }, (_, index) => `request-${400 - ids.length + index}`),
    );
    expect(ids.length).toBeGreaterThan(100);
  });

  test('where there is room for all files, nothing is lost', async () => {
    await keep(numbered(200), { maxBytes: 20_000, maxFiles: 50 });
    expect(readAll().map(({ requestId }) => requestId)).toEqual(
      numbered(200).map(({ requestId }) => requestId),
    );
  });
});

describe('pressure', () => {
  test('what does not fit is dropped and counted, and a line says how many are missing', async () => {
    const audit = auditLog({ file, maxPendingBytes: 4096 });
    for (const event of numbered(100)) audit(event);
    await audit.close();
    const lines = readLines();
    const told = lines.find(({ type }) => type === 'dropped');
    expect(audit.dropped).toBeGreaterThan(80);
    expect(told).toMatchObject({ version: 1, level: 'error', count: audit.dropped });
    expect(lines.length - 1 + audit.dropped).toBe(100);
  });

  test('what comes after the end is dropped', async () => {
    const audit = auditLog({ file });
    await audit.close();
    audit(allowed);
    expect(audit.dropped).toBe(1);
  });

  test('it can be closed twice', async () => {
    const audit = auditLog({ file });
    audit(allowed);
    await Promise.all([audit.close(), audit.close()]);
    expect(readLines()).toHaveLength(1);
  });
});

describe('a disk that fails', () => {
  test('it is told once, requests do not notice, and nothing that still waits is lost', async () => {
    const errors: Error[] = [];
    const missing = join(folder, 'later');
    const audit = auditLog({ file: join(missing, 'audit.log'), onError: (error) => errors.push(error) });
    for (const event of numbered(10)) expect(() => audit(event)).not.toThrow();
    await vi.waitFor(() => expect(errors).toHaveLength(1));
    for (const event of numbered(10)) audit(event);
    mkdirSync(missing);
    await audit.close();
    expect(errors).toMatchObject([{ code: 'ENOENT' }]);
    expect(audit.dropped).toBe(0);
    expect(readLines(join(missing, 'audit.log'))).toHaveLength(20);
  });

  test('it is tried again without being asked', async () => {
    const missing = join(folder, 'later');
    const audit = auditLog({ file: join(missing, 'audit.log'), onError: () => undefined });
    audit(allowed);
    await new Promise((resolve) => setTimeout(resolve, 50));
    mkdirSync(missing);
    await vi.waitFor(() => expect(readLines(join(missing, 'audit.log'))).toHaveLength(1), 10_000);
    await audit.close();
  });

  test('the end comes although the disk never works again', async () => {
    const errors: Error[] = [];
    const audit = auditLog({ file: join(folder, 'no', 'audit.log'), onError: (error) => errors.push(error) });
    audit(allowed);
    await audit.close();
    expect(errors).toHaveLength(1);
  });

  test('what never reached it counts as dropped once the log is closed', async () => {
    const audit = auditLog({ file: join(folder, 'no', 'audit.log'), onError: () => undefined });
    audit(allowed);
    audit(allowed);
    await audit.close();
    expect(audit.dropped).toBe(2);
    await audit.close();
    expect(audit.dropped).toBe(2);
  });

  test('whoever is told may fail as well', async () => {
    const audit = auditLog({
      file: join(folder, 'no', 'audit.log'),
      onError: () => {
        throw new Error('of the application');
      },
    });
    await expect(audit.close()).resolves.toBeUndefined();
  });

  test('without anybody to tell, the console says it', async () => {
    const spy = vi.spyOn(console, 'error').mockReturnValue();
    await auditLog({ file: join(folder, 'no', 'audit.log') }).close();
    expect(spy.mock.calls).toMatchObject([
      [expect.stringMatching(/^\[mcp-auth\] decisions cannot be written.* → \S+#log-lines$/)],
    ]);
    spy.mockRestore();
  });
});

describe('options', () => {
  test.each([
    [{}, 'file'],
    [{ file: '' }, 'file'],
    [{ file: 'audit.log', maxBytes: 10 }, 'maxBytes'],
    [{ file: 'audit.log', maxFiles: 1 }, 'maxFiles'],
    [{ file: 'audit.log', format: 'cef' }, 'format'],
    [{ file: 'audit.log', maxSize: 10 }, 'maxSize'],
  ])('%j is refused, by name', (options, name) => {
    expect(() => auditLog(options as AuditLogOptions)).toThrow(name);
  });
});

describe('a disk that never works', () => {
  test('what waits at close() is counted as missing, once', async () => {
    const audit = auditLog({ file: join(folder, 'nowhere', 'audit.log'), onError: () => undefined });
    for (const event of numbered(3)) audit(event);
    await audit.close();
    expect(audit.dropped).toBe(3);
    await audit.close();
    expect(audit.dropped).toBe(3);
  });

  test('an onError that rejects does not end the process', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const onError = vi.fn(() => Promise.reject(new Error('the pager is down')));
    const audit = auditLog({ file: folder, onError });
    audit(allowed);
    await audit.close();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(onError).toHaveBeenCalledOnce();
    expect(unhandled).not.toHaveBeenCalled();
  });
});
