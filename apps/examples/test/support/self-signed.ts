import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];

/** A server for https, whose certificate nobody vouches for. */
export interface SelfSignedServer {
  readonly origin: string;
  /** The file with the certificate. */
  readonly certificate: string;
  close(): Promise<void>;
}

export async function openSelfSigned(listener: RequestListener): Promise<SelfSignedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-auth-certificate-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const files = ['-keyout', key, '-out', certificate];
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    '-nodes',
    '-days',
    '1',
    ...curve,
    ...subject,
    ...files,
  ]);
  const server: Server = createServer(
    { key: await readFile(key), cert: await readFile(certificate) },
    listener,
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    certificate,
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
