import { afterEach, describe, expect, test, vi } from 'vitest';
import type { OperationPolicy } from '../../src/index.js';
import type { BodyOutcome } from '../../src/http/json-body.js';
import { EventSink } from '../../src/events/event-sink.js';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';
import { createHead } from '../support/head.js';
import { challengeOf, fieldsOf, protect, refused, statusOf } from '../support/protect.js';

afterEach(() => void vi.restoreAllMocks());

const operations: OperationPolicy = {
  tools: { search: [], retired: 'refuse', help: 'anonymous', '*': 'refuse' },
  resources: { 'notes://{id}': [], '*': 'refuse' },
};

async function open(policy: OperationPolicy = operations) {
  const { gate, issuer, events } = await protect({ options: { operations: policy } });
  const judge = async (body: BodyOutcome, authorized = true) => {
    const authorization = authorized ? { authorization: `Bearer ${await issuer.sign()}` } : undefined;
    const head = createHead({ headers: { ...authorization } });
    const first = await gate.authenticate(head);
    if (first.kind !== 'allow') throw new Error('refused before the body');
    return gate.authorize(head, first.auth, body);
  };
  const request = (method: string, params: object = {}) =>
    judge({ kind: 'json', value: { jsonrpc: '2.0', id: 1, method, params } });
  const warnings = () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  return { judge, request, warnings, events };
}

describe('what was answered as unknown is told to the owner, with the line that lets it through', () => {
  test.each<[method: string, params: object, advice: string]>([
    [
      'notes/erase',
      {},
      'so it was answered as unknown. To let it through: operations: { methods: { "notes/erase": [] } }.',
    ],
    ['tools/call', { name: 'serach' }, 'To let it through: operations: { tools: { "serach": [] } }.'],
    [
      'resources/read',
      { uri: 'files:///a' },
      'To let it through: operations: { resources: { "files:///a": [] } }.',
    ],
    ['resources/read', { uri: 'notes://a%252Fb' }, 'nobody can tell which rule is about it.'],
  ])('%s %j', async (method, params, advice) => {
    const { request, warnings, events } = await open();
    await request(method, params);
    await request(method, params);
    expect(warnings()).toEqual([expect.stringContaining(advice)]);
    const refusals = events.filter((event) => event.type === 'decision' && event.outcome === 'deny');
    expect(refusals).toHaveLength(2);
    expect(refusals[0]).toMatchObject({ code: 'unknown_operation', operations: [{ method }] });
  });

  test.each<[title: string, method: string, params: object]>([
    ['the name that stands for all others', 'tools/call', { name: '*' }],
    ['a method of that name', '*', {}],
    ['a template', 'resources/read', { uri: 'files:///{+path}' }],
    ['a name that literals do not make a member of', 'tools/call', { name: '__proto__' }],
    ['a name that is cut', 'tools/call', { name: 'x'.repeat(300) }],
  ])('%s, which a client invented, is not offered as a line to write', async (_title, method, params) => {
    const { request, warnings } = await open();
    await request(method, params);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).not.toContain('To let it through');
  });

  test('a method that only servers send needs nothing to be done', async () => {
    const { request, warnings } = await open();
    await request('sampling/createMessage');
    expect(warnings()).toEqual([expect.stringContaining('is a method that only servers send')]);
  });

  test('where a group is missing, the line to write makes one that is complete', async () => {
    const { request, warnings } = await open({ methods: { '*': 'refuse' } });
    await request('tools/call', { name: 'search' });
    expect(warnings()).toEqual([
      `There is no operations.tools, and '*' in operations.methods is 'refuse', so "search" was answered as unknown. To let it through: operations: { tools: { "search": [], '*': 'refuse' } }.`,
    ]);
  });

  test('what a rule refuses by name needs no advice', async () => {
    const { request, warnings, events } = await open();
    await request('tools/call', { name: 'retired' });
    expect(warnings()).toEqual([]);
    expect(events.at(-1)).toMatchObject({
      code: 'refused_operation',
      operations: [{ method: 'tools/call', target: 'retired' }],
    });
  });

  test('whatever clients invent: at most a hundred pieces of advice, and what they write is cut', async () => {
    const { request, warnings, events } = await open();
    for (let index = 0; index < 150; index++) await request(`invented/${index}${'x'.repeat(1000)}`);
    expect(warnings()).toHaveLength(100);
    expect(warnings().every((warning) => warning.length < 700)).toBe(true);
    expect(events.at(-1)).toMatchObject({
      code: 'unknown_operation',
      operations: [{ method: expect.any(String) }],
    });
    expect(JSON.stringify(events.at(-1)).length).toBeLessThan(1000);
  });
});

describe('a rule that goes wrong', () => {
  test('is waited for, and what it rejects with is in the event', async () => {
    const cause = new Error('the database is down');
    const { request, events } = await open({ tools: { '*': () => Promise.reject(cause) } });
    expect(statusOf(await request('tools/call', { name: 'a' }))).toBe(500);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'policy', error: expect.objectContaining({ cause }) }),
    );
  });

  test('is one line on the console, however often it happens', () => {
    const print = vi.spyOn(console, 'error').mockReturnValue();
    const sink = new EventSink();
    const cause = new Error('first line\nsecond line');
    const error = new MCPAuthConfigError('invalid_rule_result', 'operations.tools["*"]', 'threw.', { cause });
    for (let times = 0; times < 3; times++)
      sink.emit({ type: 'policy', resource: 'https://api.example.com/mcp', error });
    expect(print.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^\[mcp-auth\] invalid_rule_result: operations\.tools\["\*"\]: threw\. \(first line\\u\{a\}second line\) → /,
        ),
      ],
    ]);
  });
});

describe('a function is asked once for the same rule and the same values', () => {
  test('however many spellings of a resource lead to it', async () => {
    const rule = vi.fn(() => [] as const);
    const { request } = await open({ resources: { 'notes://{id}': rule, '*': rule } });
    await request('resources/read', { uri: 'notes://a?' });
    const asked = rule.mock.calls.map((call) => JSON.stringify((call as unknown[])[0]));
    expect(new Set(asked).size).toBe(asked.length);
  });
});

describe('bodies that are not read to their end', () => {
  test.each([
    ['too-large', 413],
    ['too-slow', 408],
    ['too-many-chunks', 400],
  ] as const)(
    '%s: %i, and the connection is closed; without a token 401, and closed too',
    async (kind, status) => {
      const { judge } = await open();
      const answer = refused(await judge({ kind }));
      expect(answer.status).toBe(status);
      expect(fieldsOf(answer, 'connection')).toEqual(['close']);
      const anonymous = refused(await judge({ kind }, false));
      expect(anonymous.status).toBe(401);
      expect(challengeOf(anonymous).error).toBeUndefined();
      expect(fieldsOf(anonymous, 'connection')).toEqual(['close']);
    },
  );

  test('beyond the budget of the process: 503 with a time to come back, with and without a token', async () => {
    const { judge } = await open();
    for (const authorized of [true, false]) {
      const answer = refused(await judge({ kind: 'busy' }, authorized));
      expect(answer.status).toBe(503);
      expect(fieldsOf(answer, 'retry-after')).toEqual(['1']);
      expect(fieldsOf(answer, 'www-authenticate')).toEqual([]);
    }
  });
});
