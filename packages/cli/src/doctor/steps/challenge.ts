import type { Answer } from '../line.js';
import { Broken } from '../trail.js';
import type { Walk } from '../walk-state.js';
import { isUsable } from '../words/addresses.js';
import { excerpt } from '../words/excerpt.js';
import { createRequest } from '../words/mcp-messages.js';
import { readChallenge, splitScopes } from '../words/read-challenge.js';

/** What the answer to a request without a token says about how to get one. */
export interface Challenge {
  readonly metadataUrl: URL | undefined;
  readonly scopes: readonly string[];
  /** Whether it offers DPoP alone: it then takes only tokens that are bound to a key (RFC 9449 §7.1). */
  readonly isBound: boolean;
}

export function challenge(walk: Walk, first: Answer): Promise<Challenge> {
  return walk.trail.step(
    'challenge',
    async () => {
      const answer = first.status < 300 ? await askWhatNeedsToken(walk, first) : first;
      return judge(walk, answer);
    },
    ({ scopes }) => `asks for a token${scopes.length === 0 ? '' : ` with the scopes ${scopes.join(' ')}`}`,
  );
}

/** Some servers let everybody begin and ask for a token later. */
async function askWhatNeedsToken({ line, target, options }: Walk, first: Answer): Promise<Answer> {
  const session = first.headers.get('mcp-session-id') ?? undefined;
  const { headers, body } = createRequest(options.revision, 'tools/list', {}, session);
  const answer = await line.ask({ method: 'POST', url: target, headers, body });
  if (answer.status < 300) {
    throw new Broken({
      problem: 'open',
      why: `It answered ${first.status} and, to tools/list, ${answer.status}, both without a token.`,
      exchange: answer.exchange,
    });
  }
  return answer;
}

function judge({ trail, target }: Walk, { status, headers, text, exchange }: Answer): Challenge {
  if (status !== 401) {
    const isHost = /\bhost\b/i.test(text) && status === 403;
    throw new Broken({
      problem: 'challenge-status',
      why: `It answered ${status} to a request without a token${excerpt(text)}.`,
      fix: isHost
        ? 'The check of Host refuses this name: add it to the hosts that your server allows.'
        : undefined,
      expected: '401',
      actual: String(status),
      exchange,
    });
  }
  const header = headers.get('www-authenticate');
  if (header === null) {
    trail.note({ problem: 'challenge-missing', why: 'Clients must guess where the metadata is.', exchange });
    return { metadataUrl: undefined, scopes: [], isBound: false };
  }
  const read = readChallenge([header]);
  if (read.fault !== undefined) {
    throw new Broken({
      problem: 'challenge-unreadable',
      why: `WWW-Authenticate breaks its grammar: ${read.fault}.`,
      actual: header,
      exchange,
    });
  }
  const known = read.schemes.some((scheme) => /^(?:bearer|dpop)$/i.test(scheme));
  if (!known) {
    throw new Broken({
      problem: 'challenge-scheme',
      why: `It asks for ${read.schemes.join(', ')}.`,
      expected: 'Bearer',
      actual: read.schemes.join(', '),
      exchange,
    });
  }
  const { parameters } = read;
  if (parameters['error'] !== undefined) {
    trail.note({ problem: 'challenge-code', why: `It says error="${parameters['error']}".`, exchange });
  }
  return {
    metadataUrl: readMetadataUrl(parameters['resource_metadata']),
    scopes: splitScopes(parameters['scope']),
    isBound: !read.schemes.some((scheme) => /^bearer$/i.test(scheme)),
  };

  function readMetadataUrl(value: string | undefined): URL | undefined {
    if (value === undefined) {
      trail.note({
        problem: 'challenge-without-metadata',
        why: 'Clients must guess where the metadata is.',
        exchange,
      });
      return undefined;
    }
    const url = URL.canParse(value) ? new URL(value) : undefined;
    // Where the whole server is on plain http for testing, so is its document
    if (url !== undefined && isUsable(url) && !(target.protocol === 'https:' && url.protocol === 'http:'))
      return url;
    const why =
      url === undefined
        ? 'resource_metadata is not an absolute URL.'
        : 'resource_metadata is not an https URL.';
    throw new Broken({
      problem: 'challenge-metadata-url',
      why,
      expected: 'an https URL',
      actual: value,
      exchange,
    });
  }
}
