import { authorizationServerMetadataToWire } from '@mcp-auth/schemas';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { InlineKeySource } from '../keys/inline-keys.js';
import { type PublicJwk, toPublishedKey } from '../keys/public-jwk.js';
import { answerDocument, type PublishedDocument } from '../documents/document-endpoint.js';
import type { AuthServerConfig, LocalAuthServerConfig } from '../config/authorization-server.js';
import { getLocalKeySetUrl, getMetadataUrl } from './issuer.js';

/** What this process publishes for an authorization server that lives in it. */
export interface LocalDocuments {
  /** Option path, for errors. */
  readonly path: string;
  /** Equal for equal documents. */
  readonly id: string;
  readonly documents: readonly PublishedDocument[];
}

/** Metadata (RFC 8414 §3) and key set (RFC 7517 §5). */
export function createLocalServer(
  { metadata, jwks }: LocalAuthServerConfig,
  source: InlineKeySource,
  path: string,
): LocalDocuments {
  const keySetUrl = getLocalKeySetUrl(metadata.issuer);
  const complete = { responseTypesSupported: ['code'], ...metadata, jwksUri: keySetUrl };
  // What is required is there now; which of the other members are, is the author's choice
  const wire = authorizationServerMetadataToWire(complete);
  const answer = answerDocument(JSON.stringify(wire));
  const readKeys = () => {
    const keys = source.keys();
    return keys instanceof Promise ? keys.then(answerKeySet) : answerKeySet(keys);
  };
  const documents = [
    { url: new URL(getMetadataUrl(metadata.issuer, 'oauth')), read: () => answer },
    { url: new URL(keySetUrl), read: readKeys },
  ];
  return { path, id: JSON.stringify([wire, jwks]), documents };
}

function answerKeySet(keys: readonly PublicJwk[]) {
  return answerDocument(JSON.stringify({ keys: keys.map(toPublishedKey) }));
}

/** @throws {MCPAuthConfigError} `invalid_option`, `invalid_metadata` when `publish` asks for what is not there */
export function checkPublish(config: AuthServerConfig, path: string): void {
  const { publish, metadata, jwks } = config as Partial<Record<keyof LocalAuthServerConfig, unknown>>;
  if (publish === undefined || publish === false) return;
  const refuse = (problem: string) => new MCPAuthConfigError('invalid_option', `${path}.publish`, problem);
  if (publish !== true) throw refuse('must be true, or be left out.');
  if (metadata === undefined)
    throw refuse('needs metadata: a server that lives elsewhere publishes its own.');
  if (jwks === undefined) throw refuse('needs jwks: the keys to publish.');
  const { issuer, jwksUri } = metadata as LocalAuthServerConfig['metadata'];
  if (jwksUri === undefined || jwksUri === getLocalKeySetUrl(issuer)) return;
  throw new MCPAuthConfigError(
    'invalid_metadata',
    `${path}.metadata.jwksUri`,
    `is filled in by publish: the keys are at ${getLocalKeySetUrl(issuer)}. Leave it out.`,
  );
}
