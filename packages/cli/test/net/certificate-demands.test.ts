import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { createCertificate } from '../../../core/test/support/certificates.js';
import { CertificateDemands } from '../../src/net/certificate-demands.js';

test('an alert is told of the connection that it ended, and of no later one that ends for another reason', async () => {
  const authority = createCertificate('authority', { isAuthority: true });
  const { cert, key } = createCertificate('localhost', { signer: authority });
  const server = createServer(
    { cert, key, ca: authority.cert, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
    (_request, response) => response.end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const demands = new CertificateDemands();
  const dispatcher = new Agent({ connect: demands.createConnector({ rejectUnauthorized: false }) });
  onTestFinished(async () => {
    server.close();
    await dispatcher.destroy();
  });
  const { origin } = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);

  expect(demands.takeCode(origin)).toBeUndefined();
  await expect(request(origin, { dispatcher })).rejects.toThrow();
  expect(demands.takeCode(origin)).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
  expect(demands.takeCode(origin)).toBeUndefined();
});
