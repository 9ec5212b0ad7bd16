import { describe, expect, test } from 'vitest';
import { isListHeader } from '../../src/http/merge-headers.js';
import { NodeRequestHead, type NodeRequestLike } from '../../src/node/node-request-head.js';
import { setNodeHeaders, writeNodeAnswer, type NodeResponseLike } from '../../src/node/write-node-answer.js';

const headOf = (request: Partial<NodeRequestLike>) =>
  new NodeRequestHead({ headers: {}, rawHeaders: [], ...request });

class FakeResponse implements NodeResponseLike {
  statusCode = 200;
  headersSent = false;
  body: string | undefined;
  ended = 0;
  readonly fields = new Map<string, string | string[]>();
  getHeader(name: string) {
    return this.fields.get(name.toLowerCase());
  }
  setHeader(name: string, value: string | string[]) {
    if (this.headersSent) throw new Error('ERR_HTTP_HEADERS_SENT');
    this.fields.set(name.toLowerCase(), value);
  }
  end(body?: string) {
    this.ended += 1;
    this.body = body;
  }
}

describe('a Node request is read without copying it', () => {
  test('the target is what was received, before a router cut it', () => {
    expect(headOf({ url: '/', originalUrl: '/mcp?x=1' }).target).toBe('/mcp?x=1');
    expect(headOf({ url: '/mcp' }).target).toBe('/mcp');
    expect(headOf({}).target).toBe('/');
  });

  test('method, host of both HTTP versions, fields that repeat', () => {
    expect(headOf({}).method).toBe('GET');
    expect(headOf({ method: 'POST' }).method).toBe('POST');
    expect(headOf({ headers: { host: 'a.example' } }).host).toBe('a.example');
    expect(headOf({ headers: { ':authority': 'b.example' } }).host).toBe('b.example');
    expect(headOf({}).host).toBeUndefined();
    expect(headOf({ headers: { authorization: ['Bearer a', 'Bearer b'] } }).header('authorization')).toBe(
      'Bearer a, Bearer b',
    );
    expect(headOf({ rawHeaders: ['A', 'b'] }).rawHeaders).toEqual(['A', 'b']);
  });
});

describe('an answer is written to a Node response', () => {
  test('completely, with its length in bytes', () => {
    const response = new FakeResponse();
    writeNodeAnswer(response, { status: 401, headers: [['Content-Type', 'application/json']], body: '"ü"' });
    expect(response).toMatchObject({ statusCode: 401, body: '"ü"', ended: 1 });
    expect(Object.fromEntries(response.fields)).toEqual({
      'content-type': 'application/json',
      'content-length': '4',
    });
  });

  test('without content where there is none', () => {
    const response = new FakeResponse();
    writeNodeAnswer(response, { status: 204, headers: [], body: undefined });
    expect(response).toMatchObject({ statusCode: 204, body: undefined, ended: 1 });
    expect(response.getHeader('content-length')).toBeUndefined();
  });

  test('[RFC9110-11.6.1-01] list fields are added to those already set, also several of one answer', () => {
    const response = new FakeResponse();
    response.setHeader('Access-Control-Expose-Headers', 'X-Own');
    response.setHeader('Cache-Control', 'public');
    setNodeHeaders(response, [
      ['WWW-Authenticate', 'Bearer a'],
      ['WWW-Authenticate', 'DPoP b'],
      ['Access-Control-Expose-Headers', 'WWW-Authenticate'],
      ['Cache-Control', 'no-store'],
    ]);
    expect(response.getHeader('www-authenticate')).toEqual(['Bearer a', 'DPoP b']);
    expect(response.getHeader('access-control-expose-headers')).toBe('X-Own, WWW-Authenticate');
    expect(response.getHeader('cache-control')).toBe('no-store');
  });

  test('that somebody else has answered already: nothing is written, nothing is thrown', () => {
    const response = new FakeResponse();
    response.headersSent = true;
    expect(() => writeNodeAnswer(response, { status: 401, headers: [['A', 'b']], body: '{}' })).not.toThrow();
    expect(response).toMatchObject({ statusCode: 200, ended: 0 });
  });

  test('list headers are known by any spelling', () => {
    expect(
      ['WWW-Authenticate', 'www-authenticate', 'VARY', 'Access-Control-Expose-Headers'].every(isListHeader),
    ).toBe(true);
    expect(['Content-Type', 'Retry-After', 'Cache-Control'].some(isListHeader)).toBe(false);
  });
});
