import { defineCases } from '../define-cases.js';
import { headerOf, isLetIn } from '../exchange.js';
import { judgeAnswer } from '../judge-answer.js';
import type { Probe } from '../probe.js';
import { check, describeAnswer, skipped } from '../verdict.js';

const noSessions = 'The server gives out no sessions.';

async function openSession(probe: Probe): Promise<string | undefined> {
  const answer = await probe.call({ token: await probe.goodToken() });
  return isLetIn(answer) ? headerOf(answer, 'mcp-session-id') : undefined;
}

export const sessionCases = defineCases('credentials', {
  'good-token': {
    title: 'a good token is let in',
    requirements: ['RFC6750-2.1-01', 'OAUTH21-5-01', 'RFC9068-2.2.3-01', 'RFC9068-4-05'],
    needs: 'token',
    fix: 'Look at the log of the server for what it says about the token: issuer, audience, scopes, clock.',
    probe: async (probe) => {
      const answer = await probe.call({ token: await probe.goodToken() });
      return check(isLetIn(answer), 'the request is let in', describeAnswer(answer));
    },
  },
  'token-lifetime': {
    title: 'tokens live for about an hour, and for one audience',
    requirements: ['RFC6750-5.3-02'],
    severity: 'note',
    needs: 'token',
    fix: 'Have the authorization server issue tokens that expire within the hour, for this resource alone.',
    probe: (probe) => {
      const { token } = probe.credentials;
      const claims = readClaims(token);
      if (claims === undefined) return skipped('No token of a real issuer that can be read was brought.');
      const seconds = Number(claims.exp) - Math.floor(Date.now() / 1000);
      return check(
        claims.aud !== undefined && seconds <= 4000,
        'aud, and an end within about an hour',
        `aud ${JSON.stringify(claims.aud)}, ${seconds} seconds left`,
      );
    },
  },
  'session-without-token': {
    title: 'a session opens nothing without a token',
    requirements: ['MCP-2025-11-25-RS-036', 'MCP-2026-07-28-RS-013'],
    needs: 'token',
    fix: 'Verify the token of every request, also where it names a session.',
    probe: async (probe) => {
      const session = await openSession(probe);
      if (session === undefined) return skipped(noSessions);
      return judgeAnswer(
        await probe.call({ call: { method: 'tools/list' }, headers: [['Mcp-Session-Id', session]] }),
        'unauthorized',
      );
    },
  },
  'session-with-bad-token': {
    title: 'a session opens nothing to a token that is none',
    requirements: ['MCP-2025-11-25-RS-036', 'MCP-2026-07-28-RS-015'],
    needs: 'token',
    fix: 'Verify the token of every request, also where it names a session.',
    probe: async (probe) => {
      const session = await openSession(probe);
      if (session === undefined) return skipped(noSessions);
      const sent = {
        token: 'not-a-token-0123456789',
        call: { method: 'tools/list' },
        headers: [['Mcp-Session-Id', session]] as const,
      };
      return judgeAnswer(await probe.call(sent), 'unauthorized');
    },
  },
  'session-of-another': {
    title: 'a session belongs to who opened it',
    requirements: ['MCP-2025-11-25-RS-037', 'MCP-2025-11-25-RS-036'],
    needs: 'issuer',
    fix: 'Bind sessions to issuer and subject of the token that opened them.',
    probe: async (probe) => {
      const session = await openSession(probe);
      if (session === undefined) return skipped(noSessions);
      const token = await probe.mint({ claims: { sub: 'another-user' } });
      const answer = await probe.call({
        token,
        call: { method: 'tools/list' },
        headers: [['Mcp-Session-Id', session]],
      });
      return answer.status < 300
        ? { outcome: 'failed', expected: 'a refusal', actual: describeAnswer(answer), letIn: true }
        : check(true, '', '');
    },
  },
  'session-ids': {
    title: 'session ids cannot be guessed',
    requirements: ['MCP-2025-11-25-RS-037'],
    needs: 'token',
    fix: 'Make session ids of at least 16 random bytes.',
    probe: async (probe) => {
      const ids = [await openSession(probe), await openSession(probe), await openSession(probe)].filter(
        (id) => id !== undefined,
      );
      if (ids.length < 3) return skipped(noSessions);
      const isGood = new Set(ids).size === 3 && ids.every((id) => id.length >= 16 && !/^\d{1,12}$/.test(id));
      return check(
        isGood,
        'long ids without an order',
        ids.map((id) => `${id.length} characters`).join(', '),
      );
    },
  },
});

function readClaims(token: string | undefined): Readonly<Record<string, unknown>> | undefined {
  const [, claims, signature] = token?.split('.') ?? [];
  if (claims === undefined || signature === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
