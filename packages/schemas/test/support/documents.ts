import type * as z from 'zod';
import { readDocument } from '../../codegen/read-schema.js';
import type { DocumentModel } from '../../codegen/model.js';
import {
  validateAuthorizationServerMetadata,
  validateOpenIDProviderMetadata,
  validateProtectedResourceMetadata,
  type DocumentKind,
  type Issue,
} from '../../src/index.js';
import { documents } from '../../src/sources/documents.js';

const validators: Readonly<Record<DocumentKind, (input: unknown) => readonly Issue[]>> = {
  authorization_server: validateAuthorizationServerMetadata,
  openid_provider: validateOpenIDProviderMetadata,
  protected_resource: validateProtectedResourceMetadata,
};

export interface DocumentUnderTest {
  readonly id: DocumentKind;
  readonly schema: z.ZodType;
  readonly model: DocumentModel;
  readonly validate: (input: unknown) => readonly Issue[];
}

/** Every kind of document, with its zod source, its model and its generated validator. */
export const documentsUnderTest: readonly DocumentUnderTest[] = documents.map((source) => {
  const id = source.id as DocumentKind;
  return { id, schema: source.schema, model: readDocument(source), validate: validators[id] };
});
