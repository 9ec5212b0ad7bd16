import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showsColours } from '../src/paint.js';
import { play } from '../src/scenario.js';
import { createShortChapters } from '../src/scenario/chapters.js';
import { Screen } from '../src/screen.js';
import { setStage, type Stage } from '../src/stage.js';

/* eslint-disable no-control-regex -- escape sequences are what is looked for */

let stage: Stage;
let printed = '';
let count = 0;

beforeAll(async () => {
  stage = await setStage(0);
  const screen = new Screen({ write: (text) => (printed += text) }, { colours: true });
  const { failure } = await play(createShortChapters(stage), stage.recorder, screen);
  expect(failure).toBeUndefined();
  count = screen.count;
});
afterAll(() => stage.close());

const plain = (): string => printed.replace(/\u001b\[\d+m/g, '');

describe('what npm start shows', () => {
  it('fits a screen of 24 lines and 80 columns, with room for what is printed around it', () => {
    const lines = plain().split('\n');
    expect(lines.length).toBeLessThanOrEqual(18);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('is about one framework, and counts every step', () => {
    expect(plain()).toContain('whoami, on Express');
    expect(plain()).not.toMatch(/Hono|Fastify/);
    expect(plain().match(/^ {2}[✓✗]/gm)).toHaveLength(count);
  });

  it('has the three refusals in red, each with its code and what was wrong', () => {
    const red = [...printed.matchAll(/\u001b\[31m(.*?)\u001b\[39m/g)].map(([, text]) => text);
    expect(red).toEqual([
      expect.stringMatching(/✗ 401 {2}An expired token +token_expired: 1 min ago$/),
      expect.stringMatching(
        /✗ 401 {2}A token for another resource +wrong_audience: for 127\.0\.0\.1:\d+\/mcp$/,
      ),
      expect.stringMatching(/✗ 401 {2}A token of another issuer +untrusted_issuer: from 127\.0\.0\.1:\d+$/),
    ]);
  });

  it('shows a refusal after which its client goes on in another colour', () => {
    expect(printed).toMatch(
      /\u001b\[33m {2}✗ 403 {2}The client calls list-visitors +insufficient_scope\u001b\[39m/,
    );
  });

  it('marks a step that did not go as it should, and does not count it', () => {
    let text = '';
    const screen = new Screen({ write: (line) => (text += line) }, { colours: false });
    screen.endStep({ title: 'The client calls a tool', exchanges: [], failure: 'It was answered with 500.' });
    expect(text).toBe('  !      The client calls a tool\n');
    expect(screen.count).toBe(0);
  });
});

it.each([
  { isTerminal: true, env: {}, colours: true },
  { isTerminal: false, env: {}, colours: false },
  { isTerminal: true, env: { NO_COLOR: '1' }, colours: false },
  { isTerminal: true, env: { NO_COLOR: '' }, colours: true },
  { isTerminal: true, env: { TERM: 'dumb' }, colours: false },
  { isTerminal: false, env: { FORCE_COLOR: '1' }, colours: true },
  { isTerminal: true, env: { FORCE_COLOR: '0' }, colours: false },
  { isTerminal: true, env: { NO_COLOR: '1', FORCE_COLOR: '1' }, colours: false },
])('shows colours where they are wanted: terminal $isTerminal, $env', ({ isTerminal, env, colours }) => {
  expect(showsColours(isTerminal, env)).toBe(colours);
});
