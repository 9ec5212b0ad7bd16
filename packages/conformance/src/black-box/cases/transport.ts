import { parameterOf } from '../../rules/challenge-rules.js';
import { defineCases } from '../define-cases.js';
import { headerOf, isLoopback, membersOf, readChallenges } from '../exchange.js';
import { judgeAnswer } from '../judge-answer.js';
import type { Probe } from '../probe.js';
import { check, describeAnswer, failed, skipped } from '../verdict.js';

const page = 'https://app.example.com';
const foreignPage = 'https://evil.example';

/** Whether pages in browsers are served at all. */
async function servesPages(probe: Probe): Promise<boolean> {
  const preflight = await probe.send(toPreflight(probe));
  if (preflight.status < 300 && headerOf(preflight, 'access-control-allow-origin') !== undefined) return true;
  const answer = await probe.call({ headers: [['Origin', page]] });
  return headerOf(answer, 'access-control-allow-origin') !== undefined;
}

function toPreflight({ url }: Probe) {
  return {
    method: 'OPTIONS',
    url,
    headers: [
      ['Origin', page],
      ['Access-Control-Request-Method', 'POST'],
      ['Access-Control-Request-Headers', 'authorization, content-type, mcp-protocol-version'],
    ] as const,
  };
}

/** By which something in front says where a request comes from, who sends it, and what it was before. */
const frontHeaders = [
  [
    ['X-Forwarded-For', '127.0.0.1'],
    ['X-Real-IP', '127.0.0.1'],
    ['Forwarded', 'for=127.0.0.1;host=localhost'],
  ],
  [
    ['X-Forwarded-User', 'admin'],
    ['X-Remote-User', 'admin'],
    ['X-Authenticated-User', 'admin'],
    ['X-Client-Cert', 'admin'],
  ],
  [
    ['X-Original-URL', '/.well-known/oauth-protected-resource'],
    ['X-Rewrite-URL', '/.well-known/oauth-protected-resource'],
    ['X-Original-Method', 'OPTIONS'],
    ['X-HTTP-Method-Override', 'OPTIONS'],
  ],
] as const;

const noPages = 'The server answers no page of another origin.';

export const transportCases = defineCases('transport', {
  'every-method': {
    title: 'GET, POST and DELETE are protected alike',
    requirements: ['MCP-2026-07-28-RS-044', 'RFC9110-11.6.1-01', 'MCP-2026-07-28-RS-030'],
    fix: 'Put the check of tokens in front of all methods of the endpoint, not of POST alone.',
    probe: async (probe) => {
      for (const method of ['GET', 'DELETE']) {
        const answer = await probe.send({
          method,
          url: probe.url,
          headers: [['Accept', 'text/event-stream']],
        });
        // A method that is not there at all protects nothing
        if (answer.status === 404 || answer.status === 405) continue;
        const verdict = judgeAnswer(answer, 'unauthorized');
        if (verdict.outcome === 'failed') return { ...verdict, actual: `${method}: ${verdict.actual}` };
      }
      return judgeAnswer(await probe.unauthenticated(), 'unauthorized');
    },
  },
  'front-headers': {
    title: 'no header that a proxy in front would add opens the door',
    requirements: ['MCP-2026-07-28-RS-044', 'MCP-2026-07-28-RS-030'],
    fix: 'Decide by the token alone: whoever calls writes X-Forwarded-For and its like too.',
    hostile: true,
    probe: async (probe) => {
      for (const headers of frontHeaders) {
        const verdict = judgeAnswer(await probe.call({ headers }), 'unauthorized');
        const names = headers.map(([name]) => name).join(', ');
        if (verdict.outcome === 'failed') return { ...verdict, actual: `with ${names}: ${verdict.actual}` };
      }
      return check(true, '', '');
    },
  },
  'refusal-not-cached': {
    title: 'no cache keeps a refusal',
    requirements: [],
    severity: 'SHOULD',
    clause: 'RFC 9111 §4.2',
    fix: 'Send Cache-Control: no-store with every refusal; a shared cache would answer others with it.',
    probe: async (probe) => {
      for (const answer of [
        await probe.unauthenticated(),
        await probe.call({ token: 'not-a-token-0123456789' }),
      ]) {
        const control = headerOf(answer, 'cache-control')?.toLowerCase() ?? '';
        const kept =
          /(?:s-maxage|max-age)\s*=\s*"?[1-9]|\bpublic\b|\bimmutable\b/.test(control) &&
          !control.includes('no-store');
        const expires = Date.parse(headerOf(answer, 'expires') ?? '');
        if (kept || (control === '' && expires > Date.now()))
          return failed(
            'no freshness for a refusal',
            `${answer.status}, Cache-Control: ${control}, Expires: ${String(headerOf(answer, 'expires'))}`,
          );
      }
      return check(true, '', '');
    },
  },
  'refusal-tells-nothing': {
    title: 'a refusal has no result in it',
    requirements: ['MCP-2026-07-28-RS-030', 'MCP-2026-07-28-RS-015'],
    fix: 'Refuse before the message is handed to the server.',
    probe: async (probe) => {
      const answer = await probe.call({ token: 'not-a-token-0123456789', call: { method: 'tools/list' } });
      return check(!/"result"\s*:/.test(answer.body), 'a body without a result', answer.body.slice(0, 200));
    },
  },
  'refusal-no-page': {
    title: 'a refusal does not redirect to a login page',
    requirements: ['MCP-2026-07-28-RS-020', 'RFC9110-15.5.2-01'],
    fix: 'Keep redirects of web logins away from the endpoint: clients look for 401.',
    probe: async (probe) => {
      const answer = await probe.unauthenticated();
      return check(
        answer.status < 300 || answer.status >= 400,
        '401',
        `${answer.status} to ${String(headerOf(answer, 'location'))}`,
      );
    },
  },
  'browser-preflight': {
    title: 'a preflight is answered without a token',
    requirements: ['RFC9110-CORS-01'],
    fix: 'Answer OPTIONS in front of the check of tokens, and allow Authorization.',
    probe: async (probe) => {
      if (!(await servesPages(probe))) return skipped(noPages);
      const answer = await probe.send(toPreflight(probe));
      const allowed = membersOf(answer, 'access-control-allow-headers');
      const isGood = answer.status < 300 && allowed.includes('authorization');
      return check(isGood, '2xx that allows Authorization', `${answer.status}, ${allowed.join(', ')}`);
    },
  },
  'browser-challenge': {
    title: 'pages that are served can read the challenge',
    requirements: ['RFC9110-CORS-01', 'RFC9449-7.1-04'],
    fix: 'Send Access-Control-Allow-Origin and Access-Control-Expose-Headers: WWW-Authenticate with refusals too.',
    probe: async (probe) => {
      if (!(await servesPages(probe))) return skipped(noPages);
      const answer = await probe.call({ headers: [['Origin', page]] });
      const origin = headerOf(answer, 'access-control-allow-origin');
      const exposed = membersOf(answer, 'access-control-expose-headers');
      const isGood = origin !== undefined && exposed.includes('www-authenticate');
      return check(
        isGood,
        'both headers',
        `Access-Control-Allow-Origin: ${String(origin)}, Access-Control-Expose-Headers: ${exposed.join(', ')}`,
      );
    },
  },
  'origin-refused': {
    title: 'a page of a foreign origin is refused, with any token; since MCP 2025-11-25 with 403',
    requirements: ['MCP-2026-07-28-RS-040', 'MCP-2025-06-18-RS-041'],
    revisions: ['2025-06-18', '2025-11-25', '2026-07-28'],
    needs: 'token',
    fix: 'Validate Origin: the official SDK has a middleware for it.',
    probe: async (probe) => {
      const answer = await probe.call({ token: await probe.goodToken(), headers: [['Origin', foreignPage]] });
      const asks = (readChallenges(answer) ?? []).some(
        (challenge) => parameterOf(challenge, 'error') === 'insufficient_scope',
      );
      if (answer.status < 300) return { ...failed('403', describeAnswer(answer)), letIn: true } as const;
      // MCP 2025-06-18 wants Origin validated, and says nothing of the status
      const isRefused = probe.revision === '2025-06-18' ? answer.status < 500 : answer.status === 403;
      return check(
        isRefused && !asks,
        'a refusal, since MCP 2025-11-25 a 403, without insufficient_scope',
        describeAnswer(answer),
      );
    },
  },
  'tokens-over-tls': {
    title: 'tokens travel over TLS alone',
    requirements: ['RFC6750-5.3-01', 'RFC9728-7.1-01'],
    fix: 'Serve the endpoint over https.',
    probe: (probe) => {
      const url = new URL(probe.url);
      if (isLoopback(url)) return skipped('The server is on this machine.');
      return check(url.protocol === 'https:', 'https', url.protocol);
    },
  },
});
