import { describe, expect, test } from 'vitest';
import { formatClosing } from '../../src/streams/closing-frames.js';
import { addToTail, readFrames, readSubscriptionId } from '../../src/streams/event-frames.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('whether an event is complete', () => {
  test.each([
    ['data: a', false],
    ['data: a\n', false],
    ['data: a\r\n', false],
    ['data: a\r', false],
    ['\r\n', true],
    ['data: a\n\n\n', true],
    ['data: a\n\n\ndata', false],
    ['', true],
    ['data: a\n\n', true],
    ['data: a\r\n\r\n', true],
    ['data: a\r\r', true],
    ['data: a\n\r\n', true],
    ['data: é\n\n', true],
    ['data: a\n\ndata: b', false],
    [': keep-alive\n\n', true],
  ])('%j: %j, no matter in which pieces it comes', (text, expected) => {
    for (const piece of [text.length || 1, 1, 2, 3]) {
      for (const form of [(part: string) => part, bytes]) {
        let tail = '';
        for (let at = 0; at < text.length; at += piece)
          tail = addToTail(tail, form(text.slice(at, at + piece)));
        expect(tail === '').toBe(expected);
      }
    }
  });
});

describe('what a chunk holds', () => {
  test('messages, alone and in a batch; nothing where it is no JSON', () => {
    const text = 'id: 1\ndata: {"id":1}\n\ndata:[{"id":2},3,null]\r\n\r\ndata: {"half\n';
    expect(readFrames(text)).toEqual([{ id: 1 }, { id: 2 }]);
    expect(readFrames(bytes(text))).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test.each([
    [{ params: { _meta: { 'io.modelcontextprotocol/subscriptionId': 'a' } } }, 'a'],
    [{ params: { _meta: { 'io.modelcontextprotocol/subscriptionId': 4 } } }, 4],
    [{ params: { _meta: { 'io.modelcontextprotocol/subscriptionId': {} } } }, undefined],
    [{ params: {} }, undefined],
    [{}, undefined],
  ])('%j is about the request %j', (message, id) => {
    expect(readSubscriptionId(message)).toBe(id);
  });
});

describe('what a stream ends with', () => {
  test('a time of 1 to 5 seconds, and nothing that is an event where nobody waits for an answer', () => {
    expect(formatClosing('token_expired', [], () => 0)).toBe('retry: 1000\n\n');
    expect(formatClosing('revoked', [], () => 0.9999999)).toBe('retry: 5000\n\n');
  });

  test('an error for each request, whose text tells no more than a 401', () => {
    const text = formatClosing('revoked', [1, 'a\n"'], () => 0);
    expect(text).toBe(formatClosing('key_withdrawn', [1, 'a\n"'], () => 0));
    const messages = text.split('\n').filter((line) => line.startsWith('data: '));
    expect(messages.map((line) => (JSON.parse(line.slice(6)) as { id: unknown }).id)).toEqual([1, 'a\n"']);
  });
});
