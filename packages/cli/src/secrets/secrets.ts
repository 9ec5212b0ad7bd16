import { foldText } from './fold.js';

/** Shown instead of a secret. */
export const redacted = '[redacted]';

/** So many characters of a secret in a row count as a part of it. */
const partLength = 16;

/** Shorter ones cannot be told from words. */
const shortestSecret = 4;

const jwtPart = /^[\w-]+$/;

/**
 * Knows every secret of a run and where each may be sent. The writers of the terminal and of files pass their text through
 * {@link redact}, the door to the network asks {@link findForeign}: the last line of defence of both.
 */
export class Secrets {
  readonly #origins = new Map<string, Set<string>>();
  readonly #forms = new Map<string, string>();
  readonly #parts = new Set<string>();

  /**
   * Remembers a secret. Without an origin it can be sent nowhere.
   *
   * @param origins where it may be sent, as the `origin` of a URL
   */
  add(secret: string, ...origins: readonly string[]): void {
    if (secret.length < shortestSecret) return;
    const known = this.#origins.get(secret) ?? new Set();
    for (const origin of origins) known.add(origin);
    this.#origins.set(secret, known);
    for (const form of writtenForms(secret)) {
      if (this.#forms.has(form)) continue;
      this.#forms.set(form, secret);
      for (const text of [form, foldText(form).text])
        for (let at = 0; at + partLength <= text.length; at++)
          this.#parts.add(text.slice(at, at + partLength));
    }
  }

  /** The same text without secrets and parts of them. */
  redact(text: string): string {
    if (this.#forms.size === 0) return text;
    const marks = new Uint8Array(text.length);
    for (const form of this.#forms.keys()) {
      if (form.length >= partLength) continue;
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1))
        marks.fill(1, at, at + form.length);
    }
    this.#markParts(text, marks);
    const folded = foldText(text);
    this.#markParts(folded.text, marks, folded.starts);
    return replaceMarked(text, marks);
  }

  /** @param starts - where the characters of the text stand in what is marked */
  #markParts(text: string, marks: Uint8Array, starts?: readonly number[]): void {
    for (let at = 0; at + partLength <= text.length; at++) {
      if (!this.#parts.has(text.slice(at, at + partLength))) continue;
      const end = at + partLength;
      marks.fill(1, starts?.[at] ?? at, starts?.[end] ?? end);
    }
  }

  /** A secret in the text that must not be sent to the origin, or `undefined`. */
  findForeign(text: string, origin: string): string | undefined {
    for (const [form, secret] of this.#forms) {
      if (text.includes(form) && this.#origins.get(secret)?.has(origin) !== true) return secret;
    }
    return undefined;
  }

  /** Every secret so far: for a search through what was written. */
  all(): readonly string[] {
    return [...this.#origins.keys()];
  }
}

function writtenForms(secret: string): ReadonlySet<string> {
  const forms = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('hex'),
    ...base64Cores(secret),
  ];
  // A signature on its own is a part that somebody could complete
  const parts = secret.split('.');
  if (parts.length === 3 && parts.every((part) => jwtPart.test(part))) forms.push(parts[2] ?? '');
  return new Set(forms.filter((form) => form.length >= shortestSecret));
}

/** What stays the same in Base64 wherever the secret begins, as in the Basic credentials of a client. */
function base64Cores(secret: string): readonly string[] {
  if (secret.length < 8) return [];
  return [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
    const text = bytes.toString('base64').replaceAll('=', '');
    const core = text.slice(shift === 0 ? 0 : 4, text.length - 2);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function replaceMarked(text: string, marks: Uint8Array): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const start = marks.indexOf(1, at);
    if (start === -1) return out + text.slice(at);
    const end = marks.indexOf(0, start);
    out += text.slice(at, start) + redacted;
    at = end === -1 ? text.length : end;
  }
  return out;
}
