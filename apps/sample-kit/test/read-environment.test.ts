import { describe, expect, it } from 'vitest';
import { readEnvironment, StartupError } from '../src/index.js';

const complete = { ISSUER: 'https://id.example.com', RESOURCE: 'http://127.0.0.1:3001/mcp', PORT: '3001' };

function sentenceFor(env: Record<string, string | undefined>): string {
  try {
    readEnvironment(env);
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    return (error as Error).message;
  }
  throw new Error('the environment was accepted');
}

describe('the environment of a sample server', () => {
  it.each(['ISSUER', 'RESOURCE', 'PORT'])('names %s when it is missing, and nothing else', (name) => {
    const sentence = sentenceFor({ ...complete, [name]: undefined });
    expect(sentence).toMatch(new RegExp(`^Missing from the environment: ${name} \\(.+\\)\\.$`));
    for (const other of Object.keys(complete))
      if (other !== name) expect(sentence).not.toContain(`${other} (`);
  });

  it('names all that is missing at once', () => {
    const sentence = sentenceFor({});
    for (const name of Object.keys(complete)) expect(sentence).toContain(`${name} (`);
  });

  it('counts a blank value as missing', () => {
    expect(sentenceFor({ ...complete, ISSUER: ' ' })).toContain('Missing from the environment: ISSUER');
  });

  it.each([
    ['ISSUER', 'id.example.com', 'ISSUER is not a URL'],
    ['ISSUER', 'http://id.example.com', 'ISSUER must begin with https://'],
    ['RESOURCE', '/mcp', 'RESOURCE is not a URL'],
    ['RESOURCE', 'ftp://127.0.0.1/mcp', 'RESOURCE is not a URL'],
    ['RESOURCE', 'http://mcp.example.com/mcp', 'RESOURCE must begin with https://'],
    ['PORT', 'http', 'PORT is not a port number'],
    ['PORT', '0', 'PORT is not a port number'],
    ['PORT', '65536', 'PORT is not a port number'],
  ])('says what is wrong with %s=%s', (name, value, sentence) => {
    expect(sentenceFor({ ...complete, [name]: value })).toContain(sentence);
  });

  it('takes plain http on loopback and https elsewhere', () => {
    expect(readEnvironment({ ...complete, ISSUER: 'http://localhost:4100' })).toEqual({
      issuer: 'http://localhost:4100',
      resource: 'http://127.0.0.1:3001/mcp',
      port: 3001,
    });
    expect(readEnvironment({ ...complete, RESOURCE: 'https://mcp.example.com/mcp' }).resource).toBe(
      'https://mcp.example.com/mcp',
    );
  });
});
