/** Faults in what the command asks, sends, keeps and shows. */
const source = 'packages/cli/src';

export const faults = [
  {
    name: 'the door: a private address that a document names',
    file: `${source}/net/door.ts`,
    search: 'return isPrivate && !mayBePrivate(url.hostname)',
    replace: 'return isPrivate && url.hostname === ""',
    suite: 'cli-door',
  },
  {
    name: 'the door: a secret for another origin',
    file: `${source}/net/door.ts`,
    search: 'if (secrets.findForeign(content, url.origin) !== undefined)',
    replace: 'if (secrets.findForeign(content, url.origin) === "")',
    suite: 'cli-door',
  },
  {
    name: 'the door: requests without a number',
    file: `${source}/net/door.ts`,
    search: 'if (requests >= maxRequests)',
    replace: 'if (requests > maxRequests * 2)',
    suite: 'cli-door',
  },
  {
    name: 'the door: credentials in what is recorded',
    file: `${source}/net/record.ts`,
    search: 'if (!secretHeader.test(name)) return recordText(value, secrets);',
    replace: 'if (name !== "") return value;',
    suite: 'cli-door',
  },
  {
    name: 'the door: a proxy hears what is for this machine',
    file: `${source}/net/door.ts`,
    search: '(isLoopbackHost(hostname) ? direct : proxied)',
    replace: '(hostname === "" ? direct : proxied)',
    suite: 'cli-door',
  },
  {
    name: 'the door: a public name becomes a private one',
    file: `${source}/net/addresses.ts`,
    search: 'mayBePrivate(hostname) && !isPublic.has(hostname) ? undefined : found',
    replace: 'mayBePrivate(hostname) ? undefined : found',
    suite: 'cli-addresses',
  },
  {
    name: 'the keeper: an encoded secret is shown',
    file: `${source}/secrets/secrets.ts`,
    search: 'this.#markParts(folded.text, marks, folded.starts);',
    replace: 'this.#markParts(text, marks);',
    suite: 'cli-secrets',
  },
  {
    name: 'the keeper: a secret in an argument is repeated',
    file: `${source}/run.ts`,
    search: 'concealArguments(args, secrets);',
    replace: 'concealArguments([], secrets);',
    suite: 'cli-arguments',
  },
  {
    name: 'the report as JSON: a terminal obeys it',
    file: `${source}/report/json.ts`,
    search: 'escapeJson(JSON.stringify(report, undefined, 2))',
    replace: 'JSON.stringify(report, undefined, 2)',
    suite: 'cli-report',
  },
  {
    name: 'the keeper: a part of a secret is shown',
    file: `${source}/secrets/secrets.ts`,
    search: 'if (!this.#parts.has(text.slice(at, at + partLength))) continue;',
    replace: 'if (!this.#forms.has(text.slice(at, at + partLength))) continue;',
    suite: 'cli-secrets',
  },
  {
    name: 'the terminal: what a server sends is obeyed',
    file: `${source}/terminal/escape.ts`,
    search: '/[\\p{Cc}\\p{Cf}\\p{Cs}',
    replace: '/[\\p{Cf}\\p{Cs}',
    suite: 'cli-terminal',
  },
];
