import type { Answer } from '../line.js';
import { DoorError } from '../line.js';
import { Broken, type Fault } from '../trail.js';
import type { Walk } from '../walk-state.js';
import { isLoopback } from '../words/addresses.js';
import { excerpt } from '../words/excerpt.js';
import { createFirstRequest } from '../words/mcp-messages.js';

/** The first request of a client, without a token. What goes wrong below HTTP is told as the step where it does. */
export function reach(walk: Walk): Promise<Answer> {
  const { trail, target, options } = walk;
  return trail.step(
    'server',
    async () => {
      const answer = await knock(walk);
      if (wantsCertificate(answer, target)) {
        passBelow(walk, 'client_certificate');
        const why = `${target.origin} answered ${answer.status}, since no client certificate was sent.`;
        throw new Broken({ problem: 'client-certificate', why, exchange: answer.exchange });
      }
      passBelow(walk, 'server');
      if (target.protocol === 'http:' && !isLoopback(target)) {
        throw new Broken({
          problem: 'insecure-http',
          why: `${target.origin} is asked without TLS.`,
          exchange: answer.exchange,
        });
      }
      const useless = findUseless(answer, target);
      if (useless !== undefined) throw new Broken({ ...useless, exchange: answer.exchange });
      return answer;
    },
    ({ status }) =>
      `answers with ${status} to ${options.revision === '2026-07-28' ? 'tools/list' : 'initialize'}`,
  );
}

async function knock(walk: Walk): Promise<Answer> {
  const { headers, body } = createFirstRequest(walk.options.revision);
  try {
    return await walk.line.ask({ method: 'POST', url: walk.target, headers, body });
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    passBelow(walk, error.kind);
    throw new Broken({ problem: toProblem(error), why: error.message, exchange: error.exchange });
  }
}

/** What a request without an answer says about who was asked. */
function toProblem({ kind }: Pick<DoorError, 'kind'>): Fault['problem'] {
  switch (kind) {
    case 'dns':
      return 'dns-unknown';
    case 'tls':
      return 'tls-failed';
    case 'client_certificate':
      return 'client-certificate';
    case 'not_http':
    case 'too_large':
      return 'not-http';
    case 'connect':
    case 'timeout':
    case 'private_address':
    case 'budget':
    case 'out_of_time':
    case 'foreign_secret':
    case 'unsupported_url':
      return 'unreachable';
  }
}

/** What was passed on the way to where it went wrong. */
function passBelow({ trail, target }: Walk, at: string): void {
  const isName = !/^(?:\d+\.\d+\.\d+\.\d+|\[.*\])$/.test(target.hostname);
  if (at === 'dns') return;
  if (isName) trail.pass('dns', `${target.hostname} resolves`);
  else trail.skip('dns', 'the URL has an address instead of a name');
  if (at === 'tls') return;
  if (target.protocol === 'http:') trail.skip('tls', 'the URL is http, on this machine');
  else if (at === 'server') trail.pass('tls', 'the certificate is good');
}

/** nginx lets anybody connect, and answers so to who has sent none (`ssl_verify_client on`). */
function wantsCertificate({ status, text }: Answer, { protocol }: URL): boolean {
  return protocol === 'https:' && status === 400 && text.includes('No required SSL certificate was sent');
}

function findUseless({ status, headers, text }: Answer, target: URL): Omit<Fault, 'exchange'> | undefined {
  if (status >= 300 && status < 400) {
    const location = headers.get('location') ?? '';
    const to = URL.canParse(location, target.href) ? new URL(location, target).href : location;
    return { problem: 'redirected', why: `It answered ${status} and sends clients to ${to}.`, actual: to };
  }
  if (status === 404 || status === 405 || status === 410) {
    return { problem: 'no-endpoint', why: `It answered ${status} to POST ${target.pathname}.` };
  }
  if (status >= 500) {
    return {
      problem: 'server-error',
      why: `It answered ${status} to a request without a token${excerpt(text)}.`,
    };
  }
  return undefined;
}
