import { describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';

const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXNvbWVib2R5LTEyMzQ1Njc4OTA';
const opaque = 'Kx7-nobody-may-see-this-9a';
const url = 'http://127.0.0.1:9/mcp';

test('the name of a host is no secret, whatever it begins with', async () => {
  const { stderr } = await runCli(['check', 'eyewear-shop.example.com/metadata.json']);
  expect(stderr).toContain('eyewear-shop.example.com');
});

describe('a secret in the wrong argument is not repeated by the line that says so', () => {
  test.each([
    ['as a command', [token]],
    ['as a URL', ['doctor', token]],
    ['as a URL with a user', ['doctor', `//user:${token}@api.example.com/mcp`]],
    ['as an issuer', ['check', token]],
    ['as a document', ['validate', token]],
    ['behind a flag that does not exist', ['explain', `--token=${token}`]],
    ['behind a mistyped flag', ['doctor', url, `--tokenn=${opaque}`]],
    ['as a file', ['explain', '--token-file', opaque]],
    ['as a file of an audit', ['audit', url, '--narrow-token-file', opaque]],
    [
      'as a file of a client',
      ['doctor', url, '--client-credentials', '--client-id', 'a', '--client-secret-file', opaque],
    ],
    ['as the id of a case', ['audit', url, '--exclude', token]],
    ['as a revision', ['doctor', url, '--revision', token]],
    ['as a configuration', ['explain', 'a.b.c', '--config', token]],
    ['as an answer', ['doctor', url, '--answer', token]],
    ['in the query of a URL', ['doctor', `${url}?access_token=${opaque}`, '--json']],
    ['in the query of a URL for people', ['doctor', `${url}?api_key=${opaque}`, '--verbose']],
  ])('%s', async (_what, args) => {
    const { exitCode, stdout, stderr } = await runCli(args);
    expect(exitCode).not.toBe(0);
    expect(stdout + stderr).not.toBe('');
    for (const secret of [token, opaque])
      for (let at = 0; at + 12 <= secret.length; at++)
        expect(stdout + stderr).not.toContain(secret.slice(at, at + 12));
  });
});
