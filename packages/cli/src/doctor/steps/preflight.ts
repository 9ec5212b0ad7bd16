import type { Answer } from '../line.js';
import { DoorError } from '../line.js';
import { Broken, type Fault } from '../trail.js';
import type { Walk } from '../walk-state.js';
import { createFirstRequest } from '../words/mcp-messages.js';

/** The page of the MCP Inspector, where no other was named. */
const inspectorOrigin = 'http://localhost:6274';

const neededHeaders = ['authorization', 'content-type', 'mcp-protocol-version'];

/** What browsers ask before a page may call, and whether the page may read the challenge. Stops only who walks as a page. */
export async function preflight(walk: Walk): Promise<void> {
  const { trail, options, target } = walk;
  const origin = options.origin ?? inspectorOrigin;
  const isPage = options.origin !== undefined;
  await trail.step(
    'preflight',
    async () => {
      const fault = await findFault(walk, origin);
      if (fault === undefined) return;
      if (isPage) throw new Broken(fault);
      trail.note(fault);
      trail.skip('preflight', 'what pages in browsers meet stops no other client');
    },
    () => `pages of ${origin} may call ${target.origin}`,
  );
}

async function findFault(walk: Walk, origin: string): Promise<Fault | undefined> {
  try {
    const asked = await askFirst(walk, origin);
    const refused = judgePreflight(asked, origin);
    if (refused !== undefined) {
      return { problem: 'preflight-refused', why: refused, exchange: asked.exchange };
    }
    const answer = await sendFirst(walk, origin);
    const hidden = judgeAnswer(answer, origin);
    return hidden === undefined
      ? undefined
      : { problem: 'challenge-hidden', why: hidden, exchange: answer.exchange };
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    return { problem: 'preflight-refused', why: error.message, exchange: error.exchange };
  }
}

function askFirst({ line, target }: Walk, origin: string): Promise<Answer> {
  return line.ask({
    method: 'OPTIONS',
    url: target,
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': neededHeaders.join(','),
    },
  });
}

function sendFirst({ line, target, options }: Walk, origin: string): Promise<Answer> {
  const { headers, body } = createFirstRequest(options.revision);
  return line.ask({ method: 'POST', url: target, headers: { ...headers, origin }, body });
}

function judgePreflight({ status, headers }: Answer, origin: string): string | undefined {
  if (status < 200 || status > 299)
    return `OPTIONS is answered with ${status}, so browsers do not send the request.`;
  if (!allowsOrigin(headers, origin)) return `The answer to OPTIONS does not allow the origin ${origin}.`;
  const methods = listOf(headers, 'access-control-allow-methods');
  // POST is a safelisted method: a browser does not need it to be named
  if (methods.length > 0 && !methods.includes('*') && !methods.includes('post')) {
    return 'The answer to OPTIONS does not allow POST.';
  }
  const allowed = listOf(headers, 'access-control-allow-headers');
  // The asterisk never stands for Authorization
  const missing = neededHeaders.filter(
    (name) => !allowed.includes(name) && (name === 'authorization' || !allowed.includes('*')),
  );
  return missing.length === 0
    ? undefined
    : `The answer to OPTIONS does not allow the headers ${missing.join(', ')}.`;
}

function judgeAnswer({ status, headers }: Answer, origin: string): string | undefined {
  if (!allowsOrigin(headers, origin)) {
    return `The answer ${status} does not allow the origin ${origin}, so a page sees a network error.`;
  }
  if (status !== 401) return undefined;
  const exposed = listOf(headers, 'access-control-expose-headers');
  return exposed.includes('www-authenticate') || exposed.includes('*')
    ? undefined
    : 'The 401 does not expose WWW-Authenticate.';
}

export function allowsOrigin(headers: Headers, origin: string): boolean {
  const allowed = headers.get('access-control-allow-origin');
  return allowed === '*' || allowed === origin;
}

function listOf(headers: Headers, name: string): readonly string[] {
  return (headers.get(name) ?? '')
    .split(',')
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value !== '');
}
