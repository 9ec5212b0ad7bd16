import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hosts, makeKeyPair, mintToken } from '../src/index.js';
import { runCurl, runFetch } from './run-curl.js';
import { origin, startHost } from './start-host.js';

/** A command of the README, and the block behind it that says what comes back. */
interface Step {
  readonly command: string;
  readonly language: string;
  readonly answer: string;
}

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const steps: readonly Step[] = blocks.flatMap(({ text }, index) => {
  const next = blocks[index + 1];
  return text.startsWith('curl') && next !== undefined
    ? [{ command: text, language: next.language, answer: next.text }]
    : [];
});

/** An ellipsis stands for any text: keys differ from machine to machine. */
function withoutVariables(value: unknown, pattern: unknown): unknown {
  if (pattern === '…') return typeof value === 'string' && value !== '' ? '…' : value;
  if (Array.isArray(value) && Array.isArray(pattern))
    return value.map((entry, index) => withoutVariables(entry, pattern[index]));
  if (typeof value !== 'object' || value === null) return value;
  const members = pattern as Readonly<Record<string, unknown>> | undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, withoutVariables(entry, members?.[name])]),
  );
}

test('the README has the lines of the article: one without a token, three documents, three with a token', () => {
  expect(steps.map(({ language }) => language)).toEqual([
    'http',
    'json',
    'json',
    'json',
    'http',
    'http',
    'http',
  ]);
});

test('every npm script that the README names exists', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { scripts } = JSON.parse(text) as { readonly scripts: Readonly<Record<string, string>> };
  const named = [...readme.matchAll(/^(?:TOKEN=\$\()?npm (?:run (?:--silent )?)?(\w+)/gm)].map(
    ([, name = '']) => name,
  );
  expect(named).toEqual(['keys', 'start', 'token']);
  for (const name of named) expect(scripts).toHaveProperty(name);
});

describe.each(Object.keys(hosts) as (keyof typeof hosts)[])('what the README promises, on %s', (name) => {
  let server: Awaited<ReturnType<typeof startHost>>;
  let token: string;
  beforeAll(async () => {
    const keys = makeKeyPair();
    const claims = { subject: 'alice', clientId: 'command-line', scope: 'echo', lifetimeSeconds: 60 };
    token = await mintToken(keys.privateKey, origin, claims);
    server = await startHost(name, keys.publicKey);
  });
  afterAll(() => server.close());

  test.each(steps)('[contract article 1] $command', async ({ command, language, answer }) => {
    // The port is the one that is free here, and jq only makes it pretty
    const line = command.replaceAll('http://localhost:9000', server.url).replace(/ \| jq \.\s*$/, '');
    for (const run of [runCurl, runFetch]) {
      const output = await run(line, token);
      if (language === 'json') {
        const expected: unknown = JSON.parse(answer);
        expect(withoutVariables(JSON.parse(output), expected)).toEqual(expected);
      } else {
        const lines = output.split('\r\n').map(lowerFieldName);
        for (const wanted of answer.trim().split('\n')) expect(lines).toContain(lowerFieldName(wanted));
      }
      if (command.includes('whoami')) expect(output).toContain('"text":"alice"');
    }
  });
});

/** HTTP compares the names of fields without regard to case. */
function lowerFieldName(line: string): string {
  return line.replace(/^[\w-]+:/, (name) => name.toLowerCase());
}
