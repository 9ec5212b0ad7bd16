import * as prettier from 'prettier';
import { documents } from '../src/sources/documents.js';
import { emitKeyMaps } from './emit-key-maps.js';
import { emitTypes } from './emit-types.js';
import { emitValidators } from './emit-validators.js';
import type { DocumentModel } from './model.js';
import { readDocument } from './read-schema.js';
import { header, quote } from './text.js';

/** Folders that hold generated files and nothing else, from the root of the repository. */
export const generatedFolders = ['packages/schemas/src/generated'];

const style = { singleQuote: true, printWidth: 110, trailingComma: 'all' } as const;

/** Everything the generator writes: path from the root of the repository → content. */
export async function createOutputs(sources = documents): Promise<ReadonlyMap<string, string>> {
  const models = sources.map(readDocument);
  const outputs = new Map<string, string>();
  const put = async (path: string, text: string) => {
    outputs.set(path, await prettier.format(text, { ...style, filepath: path }));
  };
  const code = 'packages/schemas/src/generated';
  await put(`${code}/document-kind.ts`, emitDocumentKind(models));
  for (const model of models) await put(`${code}/types/${model.file}.ts`, emitTypes(model));
  for (const [file, group] of grouped(models)) {
    await put(`${code}/validators/${file}.ts`, emitValidators(group));
    if (group.every((model) => model.camelCase)) await put(`${code}/key-maps/${file}.ts`, emitKeyMaps(group));
  }
  return outputs;
}

/** Families share a file, so that a bundle holds their common parts once. */
function grouped(models: readonly DocumentModel[]): ReadonlyMap<string, readonly DocumentModel[]> {
  const groups = new Map<string, DocumentModel[]>();
  for (const model of models) {
    const file = model.family === undefined ? model.file : `${model.family.toLowerCase()}-metadata`;
    groups.set(file, [...(groups.get(file) ?? []), model]);
  }
  return groups;
}

const emitDocumentKind = (models: readonly DocumentModel[]) => `${header('src/sources')}
/** The kinds of document this package knows, as errors name them. */
export type DocumentKind = ${models.map(({ id }) => quote(id)).join(' | ')};
`;
