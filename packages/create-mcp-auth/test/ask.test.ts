import { beforeEach, expect, it, vi } from 'vitest';
import { ask, Cancelled } from '../src/ask.js';
import { readFlags } from '../src/flags.js';

interface Question {
  readonly message: string;
  readonly options?: readonly { readonly value: string }[];
  readonly defaultValue?: string;
  readonly validate?: (entered: string | undefined) => string | undefined;
}

const cancelled = Symbol('cancelled');
const person = { answers: [] as (string | symbol)[], questions: [] as Question[] };
const answer = (question: Question): Promise<string | symbol> => {
  person.questions.push(question);
  return Promise.resolve(person.answers.shift() ?? question.defaultValue ?? '');
};

vi.mock('@clack/prompts', () => ({
  text: (question: Question) => answer(question),
  select: (question: Question) => answer(question),
}));

beforeEach(() => {
  person.answers = [];
  person.questions = [];
});

it('makes nothing of an interrupted question', async () => {
  person.answers = ['notes', cancelled];
  await expect(ask(readFlags([]))).rejects.toThrow(Cancelled);
});

it('tells at once what a folder, a resource or a setting cannot be', async () => {
  person.answers = ['notes', 'hono', 'ts', 'auth0', 'https://mcp.example.com/mcp', 'a.auth0.com'];
  await ask(readFlags([]));
  const [folder, , , , resource, domain] = person.questions;
  expect(folder?.validate?.('…')).toContain('folder must end with a name');
  expect(resource?.validate?.('mcp.example.com')).toContain('must be a URL');
  expect(domain?.validate?.('a b')).toContain('AUTH0_DOMAIN must be');
  // Enter alone takes what is proposed, or leaves a setting for later
  expect([folder, resource, domain].map((question) => question?.validate?.(undefined))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('asks for everything that is not said, and for the settings of the provider that was chosen', async () => {
  person.answers = ['notes', 'hono', 'js', 'okta', 'https://mcp.example.com/mcp', 'example.okta.com', ''];
  expect(await ask(readFlags([]))).toEqual({
    folder: 'notes',
    framework: 'hono',
    language: 'js',
    provider: 'okta',
    resource: 'https://mcp.example.com/mcp',
    settings: { OKTA_DOMAIN: 'example.okta.com' },
  });
  expect(person.questions[1]?.options?.map(({ value }) => value)).toEqual([
    'express',
    'hono',
    'fastify',
    'fetch',
    'next',
    'nest',
  ]);
});

it('asks for nothing that is said', async () => {
  const flags = [
    'notes',
    '--framework=fetch',
    '--language=ts',
    '--provider=dev',
    '--resource=http://localhost:3000/mcp',
  ];
  await ask(readFlags(flags));
  expect(person.questions).toEqual([]);
});
