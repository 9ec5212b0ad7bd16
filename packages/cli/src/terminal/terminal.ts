import pc from 'picocolors';
import stringWidth from 'string-width';
import type { Io, TextSink } from '../io.js';
import type { Secrets } from '../secrets/secrets.js';

type Colors = ReturnType<typeof pc.createColors>;

/** What people see: results on the standard output, everything else on the standard error. Both pass through the keeper of secrets. */
export class Terminal {
  readonly #io: Io;
  readonly #secrets: Secrets;
  readonly #quiet: boolean;
  #progressWidth = 0;

  /** Colours, or functions that change nothing where there is no terminal or `NO_COLOR` is set. */
  readonly colors: Colors;
  /** Of a line, never beyond what can be read. */
  readonly columns: number;

  constructor(
    io: Io,
    secrets: Secrets,
    settings: { readonly quiet?: boolean; readonly color?: boolean } = {},
  ) {
    this.#io = io;
    this.#secrets = secrets;
    this.#quiet = settings.quiet ?? false;
    this.colors = pc.createColors(settings.color ?? wantsColor(io.stdout, io.env));
    this.columns = Math.min(Math.max(io.stdout.columns ?? 100, 40), 120);
  }

  /** A result, for the standard output. */
  print(text: string): void {
    this.#clearProgress();
    this.#io.stdout.write(`${this.#secrets.redact(text)}\n`);
  }

  /** Something to know that is no result, for the standard error; not with `--quiet`. */
  note(text: string): void {
    if (!this.#quiet) this.#say(text);
  }

  /** Something that must be known. */
  warn(text: string): void {
    this.#say(`${this.colors.yellow('warning')} ${text}`);
  }

  /** Why the command ends. */
  fail(text: string): void {
    this.#say(`${this.colors.red('error')} ${text}`);
  }

  /** One line that the next one replaces, on a terminal only. */
  progress(text: string): void {
    const { stderr, env } = this.#io;
    if (this.#quiet || stderr.isTTY !== true || env['TERM'] === 'dumb' || env['CI'] !== undefined) return;
    const line = fitWidth(this.#secrets.redact(text), this.columns - 1);
    this.#clearProgress();
    stderr.write(line);
    this.#progressWidth = stringWidth(line);
  }

  #say(text: string): void {
    this.#clearProgress();
    this.#io.stderr.write(`${this.#secrets.redact(text)}\n`);
  }

  /** Call it at the end too: the prompt of the shell stands on that line otherwise. */
  #clearProgress(): void {
    if (this.#progressWidth === 0) return;
    this.#io.stderr.write(`\r${' '.repeat(this.#progressWidth)}\r`);
    this.#progressWidth = 0;
  }

  end(): void {
    this.#clearProgress();
  }
}

/** https://no-color.org and https://force-color.org */
export function wantsColor(sink: TextSink, env: Io['env']): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0';
  return sink.isTTY === true && env['TERM'] !== 'dumb';
}

/** The text cut to so many columns. */
export function fitWidth(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let out = '';
  for (const character of text) {
    if (stringWidth(out + character) >= columns) return `${out}…`;
    out += character;
  }
  return out;
}

/** The text in lines of at most so many columns, broken at spaces, each indented. */
export function wrapText(text: string, columns: number, indent = ''): string {
  const room = Math.max(columns - stringWidth(indent), 20);
  return text
    .split('\n')
    .flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(' ')) {
        if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > room) {
          lines.push(line);
          line = word;
        } else {
          line = line === '' ? word : `${line} ${word}`;
        }
      }
      return [...lines, line];
    })
    .map((line) => `${indent}${line}`.trimEnd())
    .join('\n');
}
