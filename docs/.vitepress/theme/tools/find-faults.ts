/** What the page about errors knows. */
export interface Faults {
  /** Its anchors for codes, and for what clients see. */
  readonly codes: readonly string[];
  /** What somebody may read; `…` in it stands for anything. */
  readonly sentences: readonly Sentence[];
  /** Lines of the log without a code, in the same form. */
  readonly lines: readonly Sentence[];
  /** What the system calls a connection that cannot be, such as `ECONNREFUSED`. */
  readonly names: readonly Sentence[];
}

/** What somebody may read. */
export interface Sentence {
  readonly said: string;
  /** Empty where it is the log. */
  readonly who: string;
  readonly meaning: string;
  readonly anchor: string;
}

/** What was found in a text that somebody pasted. */
export type Found =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'no-error' }
  | { readonly kind: 'scopes'; readonly scopes: string }
  | { readonly kind: 'metadata'; readonly url: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'sentence'; readonly sentence: Sentence };

/** More than anybody reads; of a longer log its beginning counts. */
const mostCharacters = 100_000;

/** Reads whatever a person has at hand: an answer, a challenge, a line of a log, a token, a document. */
export function findFaults(text: string, faults: Faults): readonly Found[] {
  const pasted = text.trim().slice(0, mostCharacters);
  if (isMetadata(pasted)) return [{ kind: 'document', text: pasted }];
  const token = /(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*/.exec(pasted)?.[0];
  const rest = token === undefined ? pasted : pasted.replace(token, '');
  const challenge = readChallenge(rest);
  const plain = normalize(rest);
  return [
    ...(token === undefined ? [] : [{ kind: 'token', token } as const]),
    ...describeChallenge(challenge),
    ...faults.codes.filter((code) => hasWord(rest, code)).map((code) => ({ kind: 'code', code }) as const),
    ...[
      ...faults.names.filter(({ said }) => hasWord(rest, said)),
      ...faults.lines.filter(({ said }) => saidIn(plain, said)),
      ...onceEach(faults.sentences.filter(({ said }) => saidIn(plain, said))),
    ].map((sentence) => ({ kind: 'sentence', sentence }) as const),
  ];
}

/** A row may name a sentence and a part of it: what both mean is told once. */
function onceEach(sentences: readonly Sentence[]): readonly Sentence[] {
  return sentences.filter(
    ({ meaning }, index) => sentences.findIndex((other) => other.meaning === meaning) === index,
  );
}

type Parameters = ReadonlyMap<string, string>;

function describeChallenge(parameters: Parameters | undefined): readonly Found[] {
  if (parameters === undefined) return [];
  const [scopes, url] = [parameters.get('scope'), parameters.get('resource_metadata')];
  return [
    ...(parameters.has('error') ? [] : [{ kind: 'no-error' } as const]),
    ...(scopes === undefined ? [] : [{ kind: 'scopes', scopes } as const]),
    ...(url === undefined ? [] : [{ kind: 'metadata', url } as const]),
  ];
}

/** As long as servers let a header be. */
const longestChallenge = 8000;

/** RFC 9110 §11.6.1, as far as people copy it: lines may be broken, and the name of the header may be missing. */
function readChallenge(text: string): Parameters | undefined {
  const start = /\b(?:Bearer|DPoP)\s+(?=[\w-]+\s*=)/i.exec(text);
  if (start === null) return undefined;
  const begin = start.index + start[0].length;
  const rest = text.slice(begin, begin + longestChallenge);
  const found = [...rest.matchAll(/\b(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g)];
  return new Map(
    found.map(([, name = '', quoted, bare]) => [
      name.toLowerCase(),
      (quoted ?? bare ?? '')
        .replace(/\\(.)/g, '$1')
        .replace(/\s+/g, (space) => (space.includes('\n') ? '' : space)),
    ]),
  );
}

function isMetadata(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return (
      typeof value === 'object' &&
      value !== null &&
      ('issuer' in value || 'resource' in value || 'authorization_servers' in value)
    );
  } catch {
    return false;
  }
}

function hasWord(text: string, word: string): boolean {
  return new RegExp(String.raw`(?<![\w-])${word}(?![\w-])`).test(text);
}

/** Short ones are found in everything: they have to stand alone. */
const shortest = 12;

function saidIn(plain: string, said: string): boolean {
  const parts = normalize(said)
    .split('…')
    .filter((part) => part.trim() !== '');
  if (parts.join('').trim().length < shortest) return false;
  let from = 0;
  return parts.every((part) => {
    const index = plain.indexOf(part, from);
    from = index + part.length;
    return index !== -1;
  });
}

function normalize(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/(?<![.`"'])[.`"']+(?= |$)/g, '');
}
