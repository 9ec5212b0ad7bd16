import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatExchange } from '../../apps/demo/dist/page.js';
import { normalizeTrace } from '../../docs/scripts/trace/normalize.mjs';
import { languages } from '../../docs/.vitepress/languages.mjs';
import { sequenceTexts } from '../../docs/.vitepress/locales/sequence-diagram.mjs';
import { drawSequence } from '../../docs/scripts/trace/sequence-diagram.mjs';

const request = { method: 'GET', url: 'http://127.0.0.1:5200/auth?client_id=a&scope=b', headers: {} };

test('what differs from run to run is the same in two runs', () => {
  const run = (port, id) => ({
    url: `http://127.0.0.1:${port}/interaction/${id.repeat(10)}?client_id=${id}&scope=notes`,
    location: `http://127.0.0.1:4199/callback?code=${id}&iss=http%3A%2F%2F127.0.0.1%3A${port}`,
    body: { access_token: '[redacted]', kid: id, keys: [{ x: id }] },
  });

  assert.deepEqual(normalizeTrace(run(5200, 'abc'), 5200), normalizeTrace(run(6300, 'xyz'), 6300));
});

test('other ports, other parameters and other members stay', () => {
  const trace = { url: 'http://127.0.0.1:4199/callback?scope=notes', body: { client_name: 'Demo' } };

  assert.deepEqual(normalizeTrace(trace, 5200), trace);
});

test('a token is a placeholder in every place', () => {
  const { headers, body } = normalizeTrace(
    { headers: { authorization: 'Bearer [redacted]' }, body: { access_token: 'eyJhbGciOi.a.b' } },
    5200,
  );

  assert.equal(headers.authorization, 'Bearer eyJ…');
  assert.equal(body.access_token, 'eyJ…');
});

test('a query takes a line for each parameter, a challenge too', () => {
  const text = formatExchange({
    request,
    response: { status: 401, headers: { 'www-authenticate': 'Bearer scope="a b", error="x"' } },
  });

  assert.equal(
    text,
    'GET /auth\n  ?client_id=a\n  &scope=b\n  HTTP/1.1\nHost: 127.0.0.1:5200\n\n' +
      'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer\n  scope="a b",\n  error="x"',
  );
});

test('members that were left out leave a mark, and one that is gone is an error', () => {
  const exchange = { request, response: { status: 200, headers: {}, body: { issuer: 'i', other: [1] } } };

  assert.match(formatExchange(exchange, { response: ['issuer'] }), /{\n {2}"issuer": "i",\n {2}…\n}$/);
  assert.throws(() => formatExchange(exchange, { response: ['gone'] }), /no member gone/);
});

test('an exchange within another is drawn between its request and its answer', () => {
  const exchange = (from, to, sent, answered, path) => ({
    ...{ from, to, sent, answered, step: 9 },
    request: { method: 'GET', url: `http://127.0.0.1:1${path}` },
    response: { status: 200 },
  });
  const drawing = drawSequence(
    [exchange('client', 'notes', 1, 4, '/mcp'), exchange('notes', 'authorization server', 2, 3, '/jwks')],
    sequenceTexts.ko,
  );
  const labels = [...drawing.matchAll(/class="message"[^>]*>([^<]*)</g)].map(([, label]) => label);

  assert.deepEqual(labels, ['9. GET /mcp', '9. GET /jwks', '200', '200']);
  assert.match(drawing, /aria-label="시퀀스 다이어그램: [^"{]*2쌍"/);
  assert.match(drawing, />MCP 서버</);
});

test('the drawing speaks every language of the site, and names everybody in it', () => {
  const known = Object.keys(sequenceTexts['']['columns']);
  for (const { folder } of languages) {
    const { columns, description } = sequenceTexts[folder];
    assert.deepEqual(Object.keys(columns), known);
    for (const text of [...Object.values(columns), description]) assert.doesNotMatch(text, /["<>&]/);
    assert.match(description, /\{count\}/);
  }
});
