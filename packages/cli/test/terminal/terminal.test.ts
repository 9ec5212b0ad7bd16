import { describe, expect, test } from 'vitest';
import { Secrets } from '../../src/secrets/secrets.js';
import { escapeLines, escapeText } from '../../src/terminal/escape.js';
import { fitWidth, Terminal, wantsColor, wrapText } from '../../src/terminal/terminal.js';
import type { Io } from '../../src/io.js';

describe('text from elsewhere', () => {
  test.each([
    ['a colour', '\u001b[31mred', '\\u{1b}[31mred'],
    ['the title of the window', '\u001b]0;x\u0007', '\\u{1b}]0;x\\u{7}'],
    ['one of the other control characters', '\u009b31m', '\\u{9b}31m'],
    ['a carriage return', 'good\rbad', 'good\\u{d}bad'],
    ['a reversal', '\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['an isolate', '\u2066a\u2069', '\\u{2066}a\\u{2069}'],
    ['nothing to see', 'a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
    ['tags', '\u{e0041}', '\\u{e0041}'],
    ['half a character', '\ud800', '\\u{d800}'],
    ['a separator of lines', 'a\u2028b', 'a\\u{2028}b'],
  ])('cannot be %s', (_what, text, shown) => {
    expect(escapeText(text)).toBe(shown);
    expect(escapeLines(text)).toBe(shown);
  });

  test('stays readable in every language', () => {
    const text = 'Größe 大きさ 크기 😀 é';
    expect(escapeText(text)).toBe(text);
  });

  test('keeps its lines where it may, and never more of it than can be read', () => {
    expect(escapeText('a\nb')).toBe('a\\u{a}b');
    expect(escapeLines('a\r\nb\nc')).toBe('a\nb\nc');
    expect(escapeLines('a\u0000b')).toBe('a\\u{0}b');
    expect(escapeText('x'.repeat(5000)).length).toBeLessThan(2100);
  });
});

describe('colours', () => {
  const tty = { isTTY: true, write: () => true };
  const pipe = { isTTY: false, write: () => true };
  test.each([
    ['on a terminal', tty, {}, true],
    ['not in a pipe', pipe, {}, false],
    ['not with NO_COLOR', tty, { NO_COLOR: '1' }, false],
    ['in a pipe with FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
    ['not with FORCE_COLOR=0', tty, { FORCE_COLOR: '0' }, false],
    ['not on a terminal without abilities', tty, { TERM: 'dumb' }, false],
  ] as const)('%s', (_when, sink, env, expected) => {
    expect(wantsColor(sink, env)).toBe(expected);
  });
});

describe('widths', () => {
  test('count what a terminal shows', () => {
    expect(fitWidth('大きさ大きさ', 7)).toBe('大きさ…');
    expect(fitWidth('short', 7)).toBe('short');
    expect(wrapText('one two three four five six seven', 22, '  ')).toBe(
      '  one two three four\n  five six seven',
    );
  });
});

function open(isTTY: boolean, env: Record<string, string> = {}, quiet = false) {
  const out = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof out) => ({
    isTTY,
    columns: 60,
    write: (text: string) => void (out[name] += text),
  });
  const secrets = new Secrets();
  const io = { stdout: sink('stdout'), stderr: sink('stderr'), env } as unknown as Io;
  return { out, secrets, terminal: new Terminal(io, secrets, { quiet }) };
}

describe('the terminal', () => {
  test('shows progress to people alone', () => {
    const piped = open(false);
    piped.terminal.progress('GET https://as.example.com');
    expect(piped.out).toEqual({ stdout: '', stderr: '' });
    const shown = open(true);
    shown.terminal.progress('GET https://as.example.com');
    expect(shown.out.stderr).toBe('GET https://as.example.com');
    shown.terminal.end();
    expect(shown.out.stderr).toMatch(/\r +\r$/);
    const quiet = open(true, {}, true);
    quiet.terminal.progress('GET https://as.example.com');
    quiet.terminal.note('Wrote a file');
    expect(quiet.out.stderr).toBe('');
  });

  test('prints no secret, whatever it is told to print', () => {
    const { out, secrets, terminal } = open(true);
    secrets.add('sk-a-secret-of-somebody');
    const text = 'with sk-a-secret-of-somebody in it';
    terminal.print(text);
    terminal.note(text);
    terminal.warn(text);
    terminal.fail(text);
    terminal.progress(text);
    expect(out.stdout + out.stderr).not.toContain('secret-of-somebody');
    expect(out.stdout).toBe('with [redacted] in it\n');
  });
});
