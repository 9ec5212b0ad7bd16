import { ABSOLUTE_URL } from '../src/runtime/absolute-url.js';
import { COMPACT_JWS } from '../src/runtime/compact-jws.js';
import { MAX_ELEMENTS } from '../src/runtime/limits.js';
import type { DocumentModel, Member, ObjectShape, Shape } from './model.js';
import { namedObjects } from './model.js';

type Json = Record<string, unknown>;

/** The JSON Schema (2020-12) of one document, at the parse level. */
export function emitJsonSchema({ file, root }: DocumentModel): string {
  const inner = namedObjects(root).filter(({ name }) => name !== root.name);
  const schema: Json = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:mcp-auth:schemas:${file}`,
    $comment: 'Generated from packages/schemas/src/sources by pnpm codegen. Do not edit.',
    title: root.name,
    ...describeObject(root),
  };
  if (inner.length > 0) {
    schema['$defs'] = Object.fromEntries(inner.map((object) => [object.name, describeObject(object)]));
  }
  return JSON.stringify(schema);
}

function describeObject({ description, members }: ObjectShape): Json {
  const required = members.filter((member) => member.required).map(({ name }) => name);
  return {
    ...(description === undefined ? {} : { description }),
    type: 'object',
    properties: Object.fromEntries(members.map((member) => [member.name, describeMember(member)])),
    ...(required.length > 0 ? { required } : {}),
  };
}

function describeMember({ shape, info }: Member): Json {
  return {
    description: info.description,
    $comment: info.source,
    ...describe(shape),
    ...(info.default === undefined ? {} : { default: info.default }),
  };
}

function describe(shape: Shape): Json {
  switch (shape.kind) {
    case 'string':
      if (shape.format === 'absolute-url') {
        return { type: 'string', pattern: ABSOLUTE_URL.source, format: shape.format };
      }
      return shape.format === 'compact-jws'
        ? { type: 'string', pattern: COMPACT_JWS.source }
        : { type: 'string' };
    case 'boolean':
      return { type: shape.kind };
    case 'array':
      return { type: 'array', maxItems: MAX_ELEMENTS, items: describe(shape.element) };
    case 'object':
      return shape.name === undefined ? { type: 'object' } : { $ref: `#/$defs/${shape.name}` };
  }
}
