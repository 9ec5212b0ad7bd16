import { describe, expect, it } from 'vitest';
import { judgeClients, type ClientFacts } from '../../src/doctor/clients/judge-clients.js';
import { knownClients } from '../../src/doctor/clients/known-clients.js';
import { readForm } from '../../src/doctor/login/read-form.js';
import { compareUrls, isSameResource } from '../../src/doctor/words/compare-urls.js';
import { readMessage } from '../../src/doctor/words/mcp-messages.js';
import { readChallenge } from '../../src/doctor/words/read-challenge.js';
import { misplacedLocations, resourceLocations } from '../../src/doctor/words/resource-locations.js';

describe('two addresses differ', () => {
  it.each([
    ['https://a.example/mcp', 'https://a.example/mcp', undefined],
    ['https://a.example/mcp', 'https://a.example/mcp/', 'slash'],
    ['https://a.example', 'https://a.example/', 'slash'],
    ['https://a.example/mcp', 'http://a.example/mcp', 'scheme'],
    ['https://a.example/mcp', 'https://b.example/mcp', 'host'],
    ['https://a.example/mcp', 'https://a.example:8443/mcp', 'port'],
    ['https://a.example/mcp', 'https://A.example/MCP', 'case'],
    ['https://a.example/mcp', 'https://a.example/api', 'path'],
    ['https://a.example/mcp?a', 'https://a.example/mcp?b', 'spelling'],
    ['https://a.example/mcp', 'a.example', 'spelling'],
  ])('%s and %s: %s', (one, other, difference) => {
    expect(compareUrls(one, other)).toBe(difference);
    expect(compareUrls(other, one)).toBe(difference);
  });

  it('but an empty path is a slash', () => {
    expect(isSameResource('https://a.example', 'https://a.example/')).toBe(true);
    expect(isSameResource('https://a.example/mcp', 'https://a.example/mcp/')).toBe(false);
    expect(isSameResource('https://a.example', 'https://b.example/')).toBe(false);
  });
});

describe('metadata is looked for', () => {
  it('below the path, and at the root', () => {
    expect(resourceLocations(new URL('https://a.example/api/mcp')).map(({ href }) => href)).toEqual([
      'https://a.example/.well-known/oauth-protected-resource/api/mcp',
      'https://a.example/.well-known/oauth-protected-resource',
    ]);
    expect(resourceLocations(new URL('https://a.example/'))).toHaveLength(1);
  });

  it('where a prefix may have come before it, a few times', () => {
    const urls = misplacedLocations(new URL('https://a.example/api/mcp')).map(({ pathname }) => pathname);
    expect(urls).toContain('/api/.well-known/oauth-protected-resource/api/mcp');
    expect(urls).toContain('/api/.well-known/oauth-protected-resource/mcp');
    expect(urls).toContain('/api/mcp/.well-known/oauth-protected-resource');
    expect(misplacedLocations(new URL(`https://a.example/${'a/'.repeat(500)}`))).toHaveLength(8);
  });
});

describe('a page of a login', () => {
  it('is sent as a browser would, with the button that goes on', () => {
    const form = readForm(
      `<form method=post action='/next?a=1&amp;b=2'>
        <input type="hidden" name="csrf" value="&quot;x&#39;y&#x41;">
        <input type=radio name=who value=carol><input type=radio name=who value=admin checked>
        <input type="checkbox" name="scope" value="read" checked><input type="checkbox" name="scope" value="write">
        <input name="user"><button name="decision" value="deny">No</button>
        <button name="decision" value="allow">Yes</button></form>`,
    );
    expect(form).toEqual({
      action: '/next?a=1&b=2',
      method: 'POST',
      fields: [
        ['csrf', `"x'yA`],
        ['who', 'admin'],
        ['scope', 'read'],
        ['user', ''],
        ['decision', 'allow'],
      ],
    });
  });

  it('may have no form, or no button with a name', () => {
    expect(readForm('<p>Nothing here')).toBeUndefined();
    expect(readForm('<form></form>')).toEqual({ action: '', method: 'GET', fields: [] });
    expect(readForm('<form><button>Go</button></form>')?.fields).toEqual([]);
  });

  it('is read in bounded time, whatever it holds', () => {
    const page = `<form>${'<input name="'.repeat(15_000)}`;
    expect(readForm(page)).toBeUndefined();
    expect(readForm(`${page}</form>`)?.fields.length).toBeLessThan(15_001);
  });
});

describe('an answer', () => {
  it.each([
    ['application/json', '{"result":{}}', 'result'],
    [
      'text/event-stream',
      ': hi\n\nevent: message\ndata: {"method":"x"}\n\ndata: {"result":{}}\n\n',
      'result',
    ],
    ['text/event-stream', 'data: {"result":\ndata: {}}\n\n', 'result'],
    ['application/json', '{"error":{"code":-1,"message":"m"}}', 'error'],
    ['application/json', '{"error":"no"}', 'none'],
    ['application/json', '[]', 'none'],
    ['application/json', 'null', 'none'],
    [null, 'hello', 'none'],
  ])('%s %j is %s', (type, text, kind) => {
    expect(readMessage(type, text).kind).toBe(kind);
  });
});

describe('a challenge', () => {
  it('for a token is read among others', () => {
    const read = readChallenge(['Negotiate, Bearer scope="a b", Error=x', 'Basic realm="r"']);
    expect(read).toEqual({
      schemes: ['Negotiate', 'Bearer', 'Basic'],
      parameters: { scope: 'a b', error: 'x' },
    });
  });

  it('that breaks its grammar is guessed, and its fault told', () => {
    const read = readChallenge(['Bearer realm="a"b", scope="c"']);
    expect(read.parameters).toEqual({ scope: 'c' });
    expect(read.fault).toBeDefined();
  });
});

describe('known clients', () => {
  it('have a source with a date for what is said about them', () => {
    expect(knownClients.map(({ name }) => name)).toEqual([
      'Claude',
      'ChatGPT',
      'VS Code',
      'Cursor',
      'MCP Inspector',
      'Python SDK',
    ]);
    for (const { sources } of knownClients) {
      expect(sources.length).toBeGreaterThan(0);
      for (const { where, date } of sources) {
        expect(where).toMatch(/^(?:https:\/\/\S+|apps\/interop\/clients)$/);
        expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      }
    }
  });

  const good: ClientFacts = {
    target: new URL('https://mcp.example.com/mcp'),
    brokenStep: undefined,
    documents: false,
    registration: 'works',
    called: true,
    needsStepUp: false,
  };
  const verdicts = (facts: Partial<ClientFacts>) =>
    Object.fromEntries(
      judgeClients({ ...good, ...facts }).map(({ client, verdict }) => [client.name, verdict]),
    );

  it('pass where nothing is missing', () => {
    expect(new Set(Object.values(verdicts({})))).toEqual(new Set(['passes']));
  });

  it('fail where every client stops', () => {
    expect(new Set(Object.values(verdicts({ brokenStep: 'challenge' })))).toEqual(new Set(['fails']));
  });

  it('are not known to fail where only strict ones stop', () => {
    const facts = { brokenStep: 'resource-metadata', stops: 'strict' } as const;
    expect(new Set(Object.values(verdicts(facts)))).toEqual(new Set(['unknown']));
  });

  it('are let in where everybody is', () => {
    expect(verdicts({ brokenStep: 'challenge', stops: 'nobody' })).toMatchObject({ Claude: 'passes' });
  });

  it('are not judged by a token that was given', () => {
    expect(verdicts({ brokenStep: 'audience', isTokenGiven: true })).toMatchObject({ Cursor: 'unknown' });
  });

  it('that are hosted do not come to this machine', () => {
    expect(verdicts({ target: new URL('http://localhost:3000/mcp') })).toMatchObject({
      Claude: 'fails',
      ChatGPT: 'fails',
      'VS Code': 'passes',
      'Python SDK': 'passes',
    });
  });

  it('that register with refresh_token fail where it is refused, and of others it is not known', () => {
    const facts = { brokenStep: 'registration', registration: 'works without refresh_token' } as const;
    expect(verdicts(facts)).toMatchObject({
      'Python SDK': 'fails',
      'MCP Inspector': 'fails',
      Cursor: 'unknown',
    });
  });

  it('that have documents are not judged by a registration that they do not need', () => {
    const facts = { brokenStep: 'registration', registration: 'refused', documents: true } as const;
    expect(verdicts(facts)).toMatchObject({ 'Python SDK': 'unknown', 'VS Code': 'fails' });
  });

  it('that do not log in again fail where more scopes are asked for', () => {
    expect(verdicts({ needsStepUp: true })).toMatchObject({
      'MCP Inspector': 'fails',
      'Python SDK': 'passes',
      Claude: 'unknown',
    });
  });

  it('are not judged further than the walk came', () => {
    expect(new Set(Object.values(verdicts({ registration: undefined, called: false })))).toEqual(
      new Set(['unknown']),
    );
    expect(verdicts({ called: false })).toMatchObject({ 'Python SDK': 'unknown' });
  });

  it('that are no pages are not judged by what stops pages', () => {
    expect(verdicts({ brokenStep: 'preflight', stops: 'pages' })).toMatchObject({
      'Python SDK': 'unknown',
    });
  });
});
