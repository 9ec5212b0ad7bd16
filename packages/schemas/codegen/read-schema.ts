import type * as z from 'zod';
import { MAX_ELEMENTS } from '../src/runtime/limits.js';
import { memberInfo } from '../src/sources/member.js';
import type { DocumentSource } from '../src/sources/documents.js';
import { shapeInfo } from '../src/sources/shape.js';
import { CodegenError } from './codegen-error.js';
import {
  formats,
  type DocumentModel,
  type Format,
  type Member,
  type ObjectShape,
  type Shape,
} from './model.js';

/** Turns a document's zod schema into a model, or throws a `CodegenError` that names the field it cannot model. */
export function readDocument(source: DocumentSource): DocumentModel {
  const root = readShape(source.schema, source.id);
  if (root.kind !== 'object' || root.name === undefined) {
    throw new CodegenError(source.id, 'a document must be an object with a name');
  }
  const { id, file, camelCase, family } = source;
  return {
    id,
    file,
    camelCase,
    ...(family === undefined ? {} : { family }),
    root: { ...root, name: root.name },
  };
}

function readShape(schema: z.core.$ZodType, field: string): Shape {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  const checks = (def.checks ?? []).map((check) => check._zod.def);
  if ('coerce' in def && def.coerce) throw new CodegenError(field, 'coercion changes the value');
  switch (def.type) {
    case 'string':
      return readString(def, checks, field);
    case 'boolean':
      return readPlain({ kind: 'boolean' }, def, checks, field);
    case 'array':
      return readArray(def.element, checks, field);
    case 'object':
      return readObject(schema as z.core.$ZodObject, checks, field);
    default:
      throw new CodegenError(field, `zod type ${def.type} has no exact form in generated code`);
  }
}

type CheckDef = z.core.$ZodCheckDef;

function readPlain(shape: Shape, def: object, checks: readonly CheckDef[], field: string): Shape {
  if (checks.length > 0 || 'check' in def)
    throw new CodegenError(field, `check on a ${shape.kind} is not supported`);
  return shape;
}

function readString(def: object, checks: readonly CheckDef[], field: string): Shape {
  if ('format' in def) throw new CodegenError(field, 'built-in string formats of zod are not supported');
  const [check, ...more] = checks;
  if (check === undefined) return { kind: 'string' };
  const params: unknown = 'params' in check ? check.params : undefined;
  const format =
    params !== null && typeof params === 'object' && 'format' in params ? params.format : undefined;
  if (check.check !== 'custom' || more.length > 0 || !isFormat(format)) {
    throw new CodegenError(field, `check ${check.check} on a string has no name that generated code knows`);
  }
  return { kind: 'string', format };
}

const isFormat = (value: unknown): value is Format => formats.some((format) => format === value);

function readArray(element: z.core.$ZodType, checks: readonly CheckDef[], field: string): Shape {
  const [check, ...more] = checks;
  const maximum = check?.check === 'max_length' && 'maximum' in check ? check.maximum : undefined;
  if (maximum !== MAX_ELEMENTS || more.length > 0) {
    throw new CodegenError(
      field,
      `an array must be limited to ${MAX_ELEMENTS} elements and carry no other check`,
    );
  }
  const inner = readShape(element, `${field}[]`);
  if (inner.kind !== 'string' || inner.format !== undefined) {
    throw new CodegenError(field, `array of ${inner.kind} is not supported`);
  }
  return { kind: 'array', element: { kind: 'string' } };
}

function readObject(schema: z.core.$ZodObject, checks: readonly CheckDef[], field: string): ObjectShape {
  const { catchall, shape } = schema._zod.def;
  if (catchall?._zod.def.type !== 'unknown')
    throw new CodegenError(field, 'unknown members must be legal (looseObject)');
  if (checks.length > 0) throw new CodegenError(field, 'rules across members belong to the lint level');
  const info = shapeInfo.get(schema);
  const members = Object.entries(shape).map(([name, member]) => readMember(name, member, `${field}.${name}`));
  if (info === undefined && members.length > 0)
    throw new CodegenError(field, 'an object with members needs a name');
  return { kind: 'object', ...info, members };
}

function readMember(name: string, schema: z.core.$ZodType, field: string): Member {
  if (!/^[A-Za-z_][\w./-]*(#[\w-]+)?$/.test(name))
    throw new CodegenError(field, 'not a member name that can be carried over');
  const info = memberInfo.get(schema);
  if (info === undefined) throw new CodegenError(field, 'has no description (member information)');
  const def = (schema as z.core.$ZodTypes)._zod.def;
  const required = def.type !== 'optional';
  if (required !== (info.level === 'required'))
    throw new CodegenError(field, `level ${info.level} contradicts the type`);
  return { name, shape: readShape(required ? schema : def.innerType, field), required, info };
}
