import { describe, expect, it } from 'vitest';
import { rememberSecret, runCli, searchSecretsAfterAll } from '../support/run-cli.js';
import { doctor } from './support/run-doctor.js';
import { metadataPath, opaqueToken, startStandInIssuer, startStandInServer } from './support/stand-ins.js';
import { unauthorized, walk } from './support/walk.js';

searchSecretsAfterAll();
rememberSecret(opaqueToken);

const refused = () => unauthorized('Bearer error="invalid_token"');

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that looks good but for what binds it. */
function makeToken(issuer: string, resource: string, cnf: object): string {
  const claims = { iss: issuer, aud: resource, sub: 'a', exp: 4_000_000_000, cnf };
  const signature = Buffer.alloc(64, 9).toString('base64url');
  return rememberSecret(`${encode({ alg: 'ES256', typ: 'at+jwt' })}.${encode(claims)}.${signature}`);
}

describe('a server that takes bound tokens alone is named, and is not called broken', () => {
  it.each([
    [
      'by its challenge',
      { challenge: (at: string) => `DPoP algs="ES256", resource_metadata="${at}${metadataPath}"` },
      'The challenge offers DPoP (RFC 9449) and no Bearer.',
    ],
    [
      'by its metadata, with proofs',
      { metadata: () => ({ dpop_bound_access_tokens_required: true }) },
      'dpop_bound_access_tokens_required: DPoP (RFC 9449).',
    ],
    [
      'by its metadata, with certificates, once it refuses',
      { metadata: () => ({ tls_client_certificate_bound_access_tokens: true }), call: refused },
      'tls_client_certificate_bound_access_tokens: mutual TLS (RFC 8705).',
    ],
  ])('%s', async (_how, server, says) => {
    const { brokenStep, exitCode, passed, report } = await walk(server);
    expect([brokenStep, exitCode]).toEqual([undefined, 0]);
    expect(passed).toContain('audience');
    expect(passed).not.toContain('call');
    const found = report.findings.find(({ id }) => id === 'doctor/bound-tokens');
    expect(found).toMatchObject({
      severity: 'note',
      message: expect.stringContaining(says),
      clause: 'RFC 9449 §7.1, RFC 8705 §3',
    });
    expect(found?.message).toContain('Not walked: call, step-up, refresh.');
    const why = report.findings.filter(({ id }) => /^doctor\/(?:call|step-up|refresh)$/.test(id));
    expect(why.map(({ reason }) => reason)).toEqual(
      Array(3).fill('it takes a token that is bound to a key, and a walk has none'),
    );
  });

  it('certificates in the metadata say nothing where the server takes the token', async () => {
    const { passed, notes } = await walk({
      metadata: () => ({ tls_client_certificate_bound_access_tokens: true }),
    });
    expect(passed).toContain('call');
    expect(notes).not.toContain('doctor/bound-tokens');
  });

  it('for people: what was found, and what was not walked', async () => {
    const { issuer } = await startStandInIssuer();
    const { origin } = await startStandInServer({
      issuer,
      metadata: () => ({ dpop_bound_access_tokens_required: true }),
    });
    const { stdout } = await runCli(['doctor', `${origin}/mcp`, '--headless']);
    expect(stdout).toContain('bound to a key');
    expect(stdout).toContain('Nothing is broken as far as the walk went.');
    expect(stdout).toContain('the walk did not come to a call');
  });
});

describe('a token that was given and says that it is bound', () => {
  it.each([
    [{ jkt: 'a' }, 'the key of a proof (DPoP)'],
    [{ 'x5t#S256': 'a' }, 'a client certificate (mTLS)'],
  ])('%j is not refused because it is bad', async (cnf, to) => {
    const { issuer } = await startStandInIssuer();
    const { origin } = await startStandInServer({ issuer, call: refused });
    const env = { MCP_AUTH_TOKEN: makeToken(issuer, `${origin}/mcp`, cnf) };
    const { report, brokenStep, exitCode } = await doctor(`${origin}/mcp`, [], { env });
    const found = report.findings.find(({ id }) => id === 'doctor/bound-tokens');
    expect(found?.message).toContain(`The token has cnf: it is bound to ${to}.`);
    expect([brokenStep, exitCode]).toEqual([undefined, 0]);
  });

  it('and is taken from whoever holds it, which is noticed', async () => {
    const { issuer } = await startStandInIssuer();
    const { origin } = await startStandInServer({ issuer });
    const env = { MCP_AUTH_TOKEN: makeToken(issuer, `${origin}/mcp`, { jkt: 'a' }) };
    expect((await doctor(`${origin}/mcp`, [], { env })).notes).toContain('doctor/binding-ignored');
  });
});
