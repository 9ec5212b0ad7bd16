import type { KoaContextWithOIDC } from 'oidc-provider';

/** What to do about a client id that was given by a registration this issuer has forgotten. */
export const unknownClient =
  'This issuer does not know this client, or not any more: it forgets who registered when it is started with --fresh or in another folder. ' +
  'Let the client register again: delete what it has stored (MCP Inspector: the file ~/.mcp-inspector/storage/oauth.json).';

/** The advice, where an error comes from such an id. A client whose id is the address of its document does not register. */
export function adviseOnClient(error: Error, { oidc }: KoaContextWithOIDC): string | undefined {
  // oidc-provider keeps it for the owner: the description of the answer does not tell it from a wrong secret
  if (!('error_detail' in error) || error.error_detail !== 'client not found') return undefined;
  const id = oidc.params?.['client_id'];
  return typeof id === 'string' && URL.canParse(id) ? undefined : unknownClient;
}
