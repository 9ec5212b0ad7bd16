import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { CodegenError } from '../codegen/codegen-error.js';
import { createOutputs, generatedFolders } from '../codegen/outputs.js';
import { readDocument } from '../codegen/read-schema.js';
import { run } from '../codegen/run.js';
import { MAX_ELEMENTS } from '../src/runtime/limits.js';
import { memberInfo, shaped, text, type MemberInfo } from '../src/sources/member.js';
import { shapeOf } from '../src/sources/shape.js';

const optional = { source: 'RFC 0', level: 'optional', description: 'x' } as const satisfies MemberInfo;
const required = { ...optional, level: 'required' } as const satisfies MemberInfo;

const read = (schema: z.ZodType) => readDocument({ id: 'doc', file: 'doc', schema, camelCase: true });
const documentOf = (schema: z.ZodType, info: MemberInfo = optional) =>
  shapeOf('Doc', 'A document.', { member: shaped(schema, info) });
const undescribed = (shape: z.ZodRawShape) => shapeOf('Doc', 'A document.', shape);

describe('the generator refuses what it cannot carry over exactly, and names the field', () => {
  it.each<readonly [string, z.ZodType]>([
    ['a transform', z.string().transform((value) => value.trim())],
    ['a rewriting built-in format', z.url()],
    ['a built-in format', z.email()],
    ['a length', z.string().min(1)],
    ['an anonymous refinement', z.string().refine((value) => value !== 'x')],
    ['a refinement of unknown name', z.string().refine(() => true, { params: { format: 'colour' } })],
    [
      'two checks',
      z
        .string()
        .refine(() => true, { params: { format: 'absolute-url' } })
        .min(1),
    ],
    ['trimming', z.string().trim()],
    ['coercion', z.coerce.string()],
    ['a default', z.string().default('x')],
    ['a catch', z.string().catch('x')],
    ['null', z.string().nullable()],
    ['an integer', z.int()],
    ['a number', z.number()],
    ['a range', z.number().min(0)],
    ['a coerced number', z.coerce.number()],
    ['an enumeration', z.enum(['a', 'b'])],
    ['a literal of two values', z.literal(['a', 'b'])],
    ['a literal', z.literal('a')],
    ['a literal number', z.literal(1)],
    ['an unlimited array', z.array(z.string())],
    ['an array of another limit', z.array(z.string()).max(5)],
    ['an array with a minimum', z.array(z.string()).max(MAX_ELEMENTS).min(1)],
    ['an array of numbers', z.array(z.number()).max(MAX_ELEMENTS)],
    ['an array of arrays', z.array(z.array(z.string()).max(MAX_ELEMENTS)).max(MAX_ELEMENTS)],
    ['a union of other types', z.union([z.boolean(), z.string()])],
    ['a record', z.record(z.string(), z.string())],
    ['a tuple', z.tuple([z.string()])],
    ['a date', z.date()],
    ['a pipe', z.pipe(z.string(), z.string())],
    ['an object that strips', z.object({})],
    ['an object that refuses unknown members', z.strictObject({})],
    ['an object with a rule across members', z.looseObject({}).refine(() => true)],
    ['an object without a name', z.looseObject({ inner: text(optional) })],
    ['any', z.any()],
    ['unknown', z.unknown()],
  ])('%s', (_, schema) => {
    expect(() => read(documentOf(schema))).toThrow(CodegenError);
    expect(() => read(documentOf(schema))).toThrow(/^doc\.member/);
  });

  it('a member without a description', () => {
    expect(() => read(undescribed({ bare: z.string() }))).toThrow(/^doc\.bare: has no description/);
  });

  it('a required level on an optional type, and the other way round', () => {
    const loose = z.string().optional();
    memberInfo.add(loose, required);
    expect(() => read(undescribed({ loose }))).toThrow(/^doc\.loose: level required contradicts/);
    const strict = z.string();
    memberInfo.add(strict, optional);
    expect(() => read(undescribed({ strict }))).toThrow(/^doc\.strict: level optional contradicts/);
  });

  it('a fault inside an array of objects, by its place', () => {
    const key = shapeOf('Key', 'A key.', { use: shaped(z.email(), optional) });
    const schema = shapeOf('Doc', 'A document.', { keys: shaped(z.array(key).max(MAX_ELEMENTS), required) });
    expect(() => read(schema)).toThrow(/^doc\.keys\[\]\.use: /);
  });

  it('a name that no generated code could hold', () => {
    const schema = shapeOf('Doc', 'A document.', { ['a b']: text(optional) });
    expect(() => read(schema)).toThrow(/^doc\.a b: not a member name/);
  });

  it('a document that is not a named object', () => {
    expect(() => read(z.looseObject({}))).toThrow(/^doc: a document must be/);
    expect(() => read(z.string())).toThrow(/^doc: a document must be/);
  });

  it('two members with one camelCase form', async () => {
    const schema = shapeOf('Doc', 'A document.', { a_b: text(optional), 'a-b': text(optional) });
    await expect(createOutputs([{ id: 'doc', file: 'doc', schema, camelCase: true }])).rejects.toThrow(
      /^doc\.a-b: /,
    );
  });

  it('two shapes with one name', async () => {
    const first = shapeOf('Same', 'One.', { a: text(optional) });
    const second = shapeOf('Same', 'Other.', { b: text(optional) });
    const schema = shapeOf('Doc', 'A document.', { x: shaped(first, optional), y: shaped(second, optional) });
    await expect(createOutputs([{ id: 'doc', file: 'doc', schema, camelCase: false }])).rejects.toThrow(
      /Same/,
    );
  });
});

describe('what is generated', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));

  it('is what is committed, file by file', async () => {
    for (const [path, expected] of await createOutputs()) {
      const committed = await readFile(join(root, path), 'utf8').catch(() => 'missing');
      expect({ path, isFresh: committed === expected }).toEqual({ path, isFresh: true });
    }
  });

  it('is marked as generated, whatever its kind', async () => {
    for (const [path, text] of await createOutputs()) {
      expect([path, /Generated from .* by pnpm codegen\. Do not edit\./.test(text)]).toEqual([path, true]);
      expect(generatedFolders.some((folder) => path.startsWith(`${folder}/`))).toBe(true);
    }
  });

  it('contains no construct that a Content-Security-Policy without unsafe-eval forbids', async () => {
    for (const [path, text] of await createOutputs()) {
      expect([path, /\beval\(|new Function|\bFunction\(/.test(text)]).toEqual([path, false]);
    }
  });
});

describe('the freshness check', () => {
  let root = '';
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(root, { recursive: true, force: true });
  });

  async function generateElsewhere(): Promise<string[]> {
    const said: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
    vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
    root = await mkdtemp(join(tmpdir(), 'codegen-'));
    expect(await run({ root, check: false })).toBe(0);
    said.length = 0;
    return said;
  }

  it('passes right after generating, and generating again changes nothing', async () => {
    const said = await generateElsewhere();
    expect(await run({ root, check: true })).toBe(0);
    expect(await run({ root, check: false })).toBe(0);
    expect(said.at(-1)).toMatch(/, 0 changed$/);
  });

  it('fails and names the file: edited, missing, or left over', async () => {
    const said = await generateElsewhere();
    const edited = 'packages/schemas/src/generated/validators/protected-resource-metadata.ts';
    const missing = 'packages/schemas/json-schema/protected-resource-metadata.json';
    const extra = 'packages/schemas/src/generated/old/left-over.ts';
    await writeFile(join(root, edited), `${await readFile(join(root, edited), 'utf8')}\n// edited\n`);
    await rm(join(root, missing));
    await mkdir(dirname(join(root, extra)), { recursive: true });
    await writeFile(join(root, extra), '');
    expect(await run({ root, check: true })).toBe(1);
    for (const path of [edited, missing, extra])
      expect(said.some((line) => line.startsWith(`${path}: `))).toBe(true);
    expect(await run({ root, check: false })).toBe(0);
    expect(await run({ root, check: true })).toBe(0);
  });
});
