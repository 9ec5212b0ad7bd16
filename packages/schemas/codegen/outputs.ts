import { format } from 'oxfmt';
import { documents } from '../src/sources/documents.js';
import { emitJsonSchema } from './emit-json-schema.js';
import { emitKeyMaps } from './emit-key-maps.js';
import { emitRules } from './emit-rules.js';
import { emitTable, emitTableIndex } from './emit-tables.js';
import { emitTypes, type Owners } from './emit-types.js';
import { emitValidators } from './emit-validators.js';
import { CodegenError } from './codegen-error.js';
import { namedObjects, type DocumentModel } from './model.js';
import { readDocument } from './read-schema.js';
import { header, quote } from './text.js';

/** Folders that hold generated files and nothing else, from the root of the repository. */
export const generatedFolders = [
  'packages/schemas/src/generated',
  'packages/schemas/json-schema',
  'docs/reference/metadata',
];

const style = { singleQuote: true, printWidth: 110 } as const;

/** Everything the generator writes: path from the root of the repository → content. */
export async function createOutputs(sources = documents): Promise<ReadonlyMap<string, string>> {
  const models = sources.map(readDocument);
  const outputs = new Map<string, string>();
  const put = async (path: string, text: string) => {
    const { code: formatted, errors } = await format(path, text, style);
    if (errors.length > 0) throw new CodegenError(path, `cannot be formatted: ${errors[0]?.message}`);
    outputs.set(path, formatted);
  };
  const code = 'packages/schemas/src/generated';
  await put(`${code}/document-kind.ts`, emitDocumentKind(models));
  const owners = findOwners(models);
  for (const model of models) await put(`${code}/types/${model.file}.ts`, emitTypes(model, owners));
  for (const model of models) {
    await put(`packages/schemas/json-schema/${model.file}.json`, emitJsonSchema(model));
    await put(`docs/reference/metadata/${model.file}.md`, emitTable(model));
    if (!model.camelCase) continue;
    const base = models.find(({ family }) => family !== undefined && family === model.family);
    const rules = emitRules(model, groupFile(model), base === model ? undefined : base);
    await put(`${code}/rules/${model.file}.ts`, rules);
  }
  await put('docs/reference/metadata/index.md', emitTableIndex(models));
  for (const [file, group] of grouped(models)) {
    await put(`${code}/validators/${file}.ts`, emitValidators(group));
    if (group.every((model) => model.camelCase)) await put(`${code}/key-maps/${file}.ts`, emitKeyMaps(group));
  }
  return outputs;
}

/** The first document that holds a named object owns its interface; one name must always mean one shape. */
function findOwners(models: readonly DocumentModel[]): Owners {
  const owners = new Map<string, string>();
  const shapes = new Map<string, string>();
  for (const { file, root, id } of models) {
    for (const object of namedObjects(root)) {
      const shape = JSON.stringify(object);
      if ((shapes.get(object.name) ?? shape) !== shape)
        throw new CodegenError(id, `two shapes are called ${object.name}`);
      shapes.set(object.name, shape);
      if (!owners.has(object.name)) owners.set(object.name, file);
    }
  }
  return owners;
}

const groupFile = ({ family, file }: DocumentModel) =>
  family === undefined ? file : `${family.toLowerCase()}-metadata`;

/** Families share a file, so that a bundle holds their common parts once. */
function grouped(models: readonly DocumentModel[]): ReadonlyMap<string, readonly DocumentModel[]> {
  const groups = new Map<string, DocumentModel[]>();
  for (const model of models) {
    const file = groupFile(model);
    groups.set(file, [...(groups.get(file) ?? []), model]);
  }
  return groups;
}

const emitDocumentKind = (models: readonly DocumentModel[]) => `${header('src/sources')}
/** The kinds of document this package knows, as errors name them. */
export type DocumentKind = ${models.map(({ id }) => quote(id)).join(' | ')};
`;
