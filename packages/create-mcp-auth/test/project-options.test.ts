import { expect, it } from 'vitest';
import { CreateProjectError } from '../src/create-error.js';
import { type ProjectOptions, readProject } from '../src/project-options.js';

const base: ProjectOptions = { folder: 'notes', framework: 'express' };

const codeOf = (options: unknown): string => {
  try {
    readProject(options as ProjectOptions);
  } catch (error) {
    if (error instanceof CreateProjectError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
};

it.each([
  ['an option that nobody knows', { ...base, framwork: 'hono' }, /^unknown_option: .*"framwork".*framework/],
  [
    'a framework without a template',
    { ...base, framework: 'koa' },
    /^invalid_option: framework must be one of express, /,
  ],
  ['what every object has', { ...base, framework: 'toString' }, /^invalid_option: framework/],
  ['a language of others', { ...base, language: 'coffee' }, /^invalid_option: language/],
  ['a provider without a template', { ...base, provider: 'google' }, /^invalid_option: provider/],
  ['a package manager of others', { ...base, packageManager: 'cnpm' }, /^invalid_option: packageManager/],
  [
    'a setting of another provider',
    { ...base, provider: 'auth0', settings: { ISSUER: 'x' } },
    /^unknown_option: .*AUTH0_DOMAIN/,
  ],
  ['a folder without a name', { ...base, folder: '/' }, /^invalid_option: folder/],
  ['a folder with nothing that could be one', { ...base, folder: '…' }, /^invalid_option: folder/],
])('refuses %s', (_, options, expected) => {
  expect(codeOf(options)).toMatch(expected);
});

it.each([
  'mcp',
  'ftp://mcp.example.com/mcp',
  'http://mcp.example.com/mcp',
  'https://user@mcp.example.com/mcp',
  'https://mcp.example.com/mcp?tenant=1',
  'https://mcp.example.com/mcp#top',
  'https://mcp.example.com/',
  'https://mcp.example.com/mcp/',
  'https://mcp.example.com/:id',
  'https://mcp.example.com/a*b',
  'https://mcp.example.com/a$(id)',
  "https://mcp.example.com/a';b",
  'https://mcp.example.com/a b',
  'https://mcp.example.com/%2e%2e',
  'https://mcp.example.com/a/../mcp',
  'HTTPS://MCP.example.com/mcp',
  'https://mcp.example.com:443/mcp',
  'http://localhost:3000/mcp\nNODE_OPTIONS=--import=data:text/javascript,1',
])('refuses a resource that means something else in a file, a script or a router: %s', (resource) => {
  expect(codeOf({ ...base, resource })).toMatch(/^invalid_option: resource/);
});

it.each(['', 'a b', 'a"b', 'a#b', '$HOME', 'a\nB=c', '`id`', 'x'.repeat(501)])(
  'refuses a setting that a file of variables reads otherwise: %j',
  (value) => {
    expect(codeOf({ ...base, provider: 'auth0', settings: { AUTH0_DOMAIN: value } })).toMatch(
      /^invalid_option: AUTH0_DOMAIN/,
    );
  },
);

it.each([
  ['My Server!', 'my-server'],
  ['a  b', 'a--b'],
  ['../.hidden', 'hidden'],
  ["a'b", 'a-b'],
])('makes a name of the folder %j that needs no quotes anywhere', (folder, name) => {
  expect(readProject({ ...base, folder }).name).toBe(name);
});

it.each(['http://localhost:3000/mcp', 'http://[::1]:8080/mcp', 'https://mcp.example.com/v1/mcp'])(
  'takes %s',
  (resource) => {
    expect(readProject({ ...base, resource }).resource.href).toBe(resource);
  },
);

it('begins with TypeScript, npm and the practice issuer on this machine', () => {
  expect(readProject(base)).toMatchObject({
    language: 'ts',
    packageManager: 'npm',
    provider: 'dev',
    settings: new Map([['ISSUER', 'http://127.0.0.1:9400']]),
  });
});
