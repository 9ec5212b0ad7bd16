import type { BlackBoxExchange, BlackBoxResponse, JsonRecord } from './exchange.js';
import { readObject, readChallenges } from './exchange.js';
import { parameterOf } from '../rules/challenge-rules.js';
import type { Probe } from './probe.js';

/** Where the document was found. */
export interface FoundMetadata {
  readonly url: string;
  readonly via: 'challenge' | 'path' | 'root';
  readonly document: JsonRecord;
  readonly exchange: BlackBoxExchange;
}

const segment = '/.well-known/oauth-protected-resource';

/** RFC 9728 §3.1: between host and path. */
export function wellKnownUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}${segment}${pathname === '/' ? '' : pathname}${search}`;
}

/** Every place where clients look, in their order. */
export function metadataPlaces(
  url: string,
  challenged: BlackBoxResponse,
): readonly (readonly [via: FoundMetadata['via'], url: string])[] {
  const named = challengedUrl(challenged);
  const { origin } = new URL(url);
  return [
    ...(named === undefined ? [] : [['challenge', named] as const]),
    ['path', wellKnownUrl(url)],
    ['root', `${origin}${segment}`],
  ];
}

/** The absolute URL in `resource_metadata` of a challenge of any scheme. */
export function challengedUrl(response: BlackBoxResponse): string | undefined {
  const named = (readChallenges(response) ?? [])
    .map((challenge) => parameterOf(challenge, 'resource_metadata'))
    .find((value) => value !== undefined);
  return named !== undefined && /^https?:\/\//i.test(named) && URL.canParse(named) ? named : undefined;
}

/** The first document there is. */
export async function findMetadata(
  probe: Probe,
  challenged: BlackBoxResponse,
): Promise<FoundMetadata | undefined> {
  for (const [via, url] of metadataPlaces(probe.url, challenged)) {
    const response = await probe.get(url).catch((error: unknown) => {
      // An address elsewhere that may not be asked, or does not answer, has no document
      if (new URL(url).origin === new URL(probe.url).origin) throw error;
      return undefined;
    });
    const document = response?.status === 200 ? readObject(response.body) : undefined;
    if (document !== undefined && probe.last !== undefined)
      return { url, via, document, exchange: probe.last };
  }
  return undefined;
}
