import {
  auditServer,
  blackBoxCases,
  startAuditIssuer,
  type AuditIssuer,
  type BlackBoxReport,
} from '@mcp-auth/conformance/black-box';
import type { CommandContext } from '../commands/command.js';
import { CannotError, UsageError } from '../errors.js';
import { createDoor, type Door } from '../net/door.js';
import type { AuditSettings } from './read-options.js';
import { toSend } from './to-send.js';

/** Requests of one audit: three revisions with an issuer take about 1400. */
const maxRequests = 5000;

/** Of one look whether the server trusts the issuer by now, at most one a second. */
const requestsOfTrial = 10;
const maxSecondsOfTrial = 60;

/**
 * Judges the server.
 *
 * @throws {@link DoorError} where nothing answers, {@link CannotError} where the server does not come to trust the issuer
 */
export async function audit(settings: AuditSettings, context: CommandContext): Promise<BlackBoxReport> {
  const { io, secrets, terminal } = context;
  const { url, issuerPort } = settings;
  const door = createDoor({
    named: [url],
    maxRequests: maxRequests + settings.waitSeconds * requestsOfTrial,
    ...{ secrets, env: io.env },
  });
  let issuer: AuditIssuer | undefined;
  try {
    // Nothing there is no fault of what is there
    const headers = [['content-type', 'application/json']] as const;
    await toSend(door)({ method: 'POST', url: url.href, headers, body: '{}' });
    if (issuerPort !== undefined) {
      issuer = await startIssuer(issuerPort);
      await waitForTrust(issuer, settings, door, context);
    }
    let judged = 0;
    return await auditServer({
      url: url.href,
      send: toSend(door),
      issuer,
      credentials: settings.credentials,
      revisions: settings.revisions,
      exclude: settings.exclude,
      hostile: settings.hostile,
      maxRequests,
      maxSeconds: settings.maxSeconds,
      onResult: ({ area, revision }) => {
        judged += 1;
        terminal.progress(`${judged} judged: ${area}, MCP ${revision}`);
      },
    });
  } catch (error) {
    if (error instanceof TypeError && /^(?:exclude|url):/.test(error.message))
      throw new UsageError(error.message);
    throw error;
  } finally {
    await issuer?.close();
    await door.close();
  }
}

async function startIssuer(port: number): Promise<AuditIssuer> {
  try {
    return await startAuditIssuer({ port });
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new CannotError(
      `The issuer cannot listen on port ${port} (${code}): name another one with --issuer-port.`,
    );
  }
}

const pauseMs = 1000;

const onlyGoodToken = blackBoxCases.filter(({ id }) => id === 'good-token');

/** Says which two lines the server needs, and waits until it lets a token of this issuer in. */
async function waitForTrust(
  issuer: AuditIssuer,
  { url, credentials, waitSeconds, revisions }: AuditSettings,
  door: Door,
  { terminal }: CommandContext,
): Promise<void> {
  const { id, secret } = issuer.introspectionClient;
  terminal.warn('Let the server trust this issuer for the time of the audit, and nobody else reach it:');
  for (const line of issuer.configuration) terminal.warn(`  ${line}`);
  terminal.warn(
    `Where it asks about opaque tokens: client ${JSON.stringify(id)}, secret ${JSON.stringify(secret)}. Take all of it out again afterwards.`,
  );
  const send = toSend(door);
  for (const end = Date.now() + waitSeconds * 1000; ;) {
    const [revision] = revisions;
    const trial = await auditServer({
      url: url.href,
      send,
      issuer,
      credentials,
      revisions: revision === undefined ? [] : [revision],
      cases: onlyGoodToken,
      maxSeconds: maxSecondsOfTrial,
    });
    if (trial.totals.failed === 0) return;
    if (Date.now() >= end)
      throw new CannotError(
        `The server lets no token of ${issuer.issuer} in. Its log says why; --wait gives it more time.`,
      );
    terminal.progress('waiting for the server to trust the issuer');
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
