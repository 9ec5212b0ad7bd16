import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** A key of a client, whose public half is where the authorization server looks for it. */
export interface PublishedKey {
  readonly url: string;
  readonly privateKey: JWK;
  close(): Promise<void>;
}

export async function publishKey(): Promise<PublishedKey> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const names = { kid: 'notes-1', alg: 'ES256' };
  const body = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), ...names, use: 'sig' }] });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/jwks`,
    privateKey: { ...(await exportJWK(privateKey)), ...names },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
