import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { SecretSearch } from '../../src/secrets/secret-search.js';

const token = [
  'eyJhbGciOiJFUzI1NiIsImtpZCI6ImtleS0xIn0',
  'eyJzdWIiOiJ1c2VyLTEiLCJhdWQiOiJodHRwczovL21jcC5leGFtcGxlLmNvbS9tY3AifQ',
  'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kA',
].join('.');

function search(text: string, known: readonly string[] = []) {
  const secrets = new SecretSearch(known);
  secrets.addSecret('another-secret-of-some-length');
  secrets.addSecret(token);
  secrets.addText('here', text);
  return secrets.find();
}

describe('a search for secrets', () => {
  test('finds sixteen characters of a token, wherever they are cut out', () => {
    for (let start = 0; start + 16 <= token.length; start++) {
      const leaks = search(`a line with ${token.slice(start, start + 16)} in it`);
      expect(leaks, `from ${start}`).toEqual([{ place: 'here', characters: 16 }]);
    }
  });

  test('tells how much is there, and nothing of what it is', () => {
    expect(search(JSON.stringify({ message: token }))).toEqual([{ place: 'here', characters: token.length }]);
  });

  test.each([
    ['the bytes of the token', inspect({ bytes: Buffer.from(token) })],
    [
      'the bytes of the signature',
      inspect({ signature: Buffer.from(token.split('.')[2] ?? '', 'base64url') }),
    ],
    ['the signature in hexadecimal', Buffer.from(token.split('.')[2] ?? '', 'base64url').toString('hex')],
    [
      'the signature in the other alphabet',
      Buffer.from(token.split('.')[2] ?? '', 'base64url').toString('base64'),
    ],
  ])('finds %s', (_name, text) => {
    expect(search(text)).toHaveLength(1);
  });

  test('a short secret is found as a whole', () => {
    const secrets = new SecretSearch();
    secrets.addSecret('s+e c%72et&=');
    secrets.addText('a warning', 'the secret s+e c%72et&= was refused');
    secrets.addText('another', 'the secret s+e c%72 was refused');
    expect(secrets.find()).toEqual([{ place: 'a warning', characters: 12 }]);
  });

  test('fifteen characters turn up by chance, and so does what two secrets have side by side', () => {
    expect(search(token.slice(20, 35))).toEqual([]);
    expect(search(`some-length\n${token.slice(0, 12)}`)).toEqual([]);
  });

  test('what a token says is not the token', () => {
    expect(search('{"sub":"user-1","aud":"https://mcp.example.com/mcp"}')).toEqual([]);
  });

  test('a configured identifier is none, though somebody sends it as a token', () => {
    const known = 'https://mcp.example.com/mcp';
    const secrets = new SecretSearch([known]);
    secrets.addSecret(known);
    secrets.addText('here', `this resource is ${known}`);
    expect(secrets.find()).toEqual([]);
  });
});
