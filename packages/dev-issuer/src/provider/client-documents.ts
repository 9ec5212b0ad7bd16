import type { Adapter, AdapterPayload } from 'oidc-provider';
import { isOnThisMachine, parseUrl } from '../http/loopback.js';

const timeoutMs = 2500;
const maxBytes = 5 * 1024;

/** The clients of an adapter, and those that a document on this machine describes. */
export function withLoopbackClients(create: (model: string) => Adapter): (model: string) => Adapter {
  return (model) => {
    const adapter = create(model);
    if (model !== 'Client') return adapter;
    return { ...adapter, find: async (id) => (await adapter.find(id)) ?? (await fetchLoopbackClient(id)) };
  };
}

/**
 * The client that a document on this machine describes (Client ID Metadata Document, draft 02), though it comes without TLS.
 *
 * `oidc-provider` itself takes documents over https only, and none from a loopback address. On loopback nobody can change what is
 * sent, and the issuer listens there alone, so whoever can ask it to fetch such a document can fetch that document without it.
 *
 * Checks: loopback host, a path, no redirect, JSON of a few kilobytes, `client_id` is the address, no shared secret. Does not check
 * the rest of the metadata: `oidc-provider` does, as in a registration.
 */
async function fetchLoopbackClient(clientId: string): Promise<AdapterPayload | undefined> {
  const url = parseUrl(clientId);
  if (url?.protocol !== 'http:' || !isOnThisMachine(url) || url.pathname === '/') return undefined;
  if (url.href !== clientId || url.hash !== '' || url.username !== '' || url.password !== '')
    return undefined;
  const text = await readDocument(url).catch(() => undefined);
  return text === undefined ? undefined : readClient(text, clientId);
}

async function readDocument(url: URL): Promise<string | undefined> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200 || response.body === null) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readClient(text: string, clientId: string): AdapterPayload | undefined {
  const document = parse(text);
  if (document === undefined || document['client_id'] !== clientId) return undefined;
  // Anybody can read the document: a client without a key is a public one
  const { token_endpoint_auth_method: method } = document;
  if (method !== 'none' && method !== 'private_key_jwt') return undefined;
  if ('client_secret' in document || 'client_secret_expires_at' in document) return undefined;
  return document;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
