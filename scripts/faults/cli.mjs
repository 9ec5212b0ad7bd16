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
