import { expect, test } from 'vitest';
import { printable } from '../../src/events/facts.js';
import { EventSink } from '../../src/events/event-sink.js';

test('what is escaped takes no more room than what is not: short requests make no long lines in a file of bounded size', () => {
  for (const sign of ['\u{202e}', '\0', '\u{d800}', '\u{e0001}', 'a']) {
    expect(printable(sign.repeat(500)).length).toBeLessThanOrEqual(201);
  }
});

test('a clock that throws keeps no event from its owner', () => {
  const heard: unknown[] = [];
  const broken = () => {
    throw new Error('no time');
  };
  new EventSink({ onEvent: (event) => heard.push(event) }, broken).warn('look');
  expect(heard).toMatchObject([{ message: 'look', time: expect.any(Number) }]);
});
