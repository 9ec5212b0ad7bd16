import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of the certificate, for processes that an issuer runs in. */
const variable = 'BENCHMARK_CERTIFICATE';

/**
 * Makes a certificate for 127.0.0.1 that nobody vouches for, so that issuers can be https as they are for everybody. Node reads at its
 * start whom it trusts: what gets these variables of the environment trusts the issuers, and can be one.
 *
 * @returns {{ environment: Record<string, string>, remove: () => void }}
 */
export function createCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-bench-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-nodes',
        '-days',
        '2',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
      ],
      ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  return {
    environment: { [variable]: folder, NODE_EXTRA_CA_CERTS: certificate },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Options of an https server. */
export function readCertificate() {
  const folder = process.env[variable];
  if (folder === undefined) throw new Error('An https issuer needs a certificate: run it by run.mjs');
  return {
    key: readFileSync(join(folder, 'key.pem')),
    cert: readFileSync(join(folder, 'certificate.pem')),
  };
}
