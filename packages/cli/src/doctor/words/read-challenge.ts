import { parseChallenges } from '@mcp-auth/testing';

/** What a client reads from the `WWW-Authenticate` headers of a denied request. */
export interface ReadChallenge {
  readonly schemes: readonly string[];
  /** Of the challenge for a token, `Bearer` before `DPoP`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Why the header breaks its grammar. What is in `parameters` was then guessed, as lenient clients do. */
  readonly fault?: string;
}

/** Names are lowercase; of one that comes twice, the first counts. */
export function readChallenge(values: readonly string[]): ReadChallenge {
  try {
    const challenges = parseChallenges(values);
    const ours = ['bearer', 'dpop']
      .map((name) => challenges.find(({ scheme }) => scheme.toLowerCase() === name))
      .find((found) => found !== undefined);
    return {
      schemes: challenges.map(({ scheme }) => scheme),
      parameters: Object.fromEntries(
        (ours?.parameters ?? []).map(({ name, value }) => [name.toLowerCase(), value]),
      ),
    };
  } catch (error) {
    return { ...guess(values), fault: error instanceof Error ? error.message : 'unreadable' };
  }
}

const maxGuessedBytes = 8192;

/** As the official clients do: look for `name="value"` wherever it is. */
function guess(values: readonly string[]): Omit<ReadChallenge, 'fault'> {
  const text = values.join(', ').slice(0, maxGuessedBytes);
  const parameters: Record<string, string> = {};
  for (const name of ['resource_metadata', 'scope', 'error', 'error_description']) {
    const value = new RegExp(`\\b${name}=(?:"([^"]*)"|([^\\s,"]+))`, 'i').exec(text);
    if (value !== null) parameters[name] = value[1] ?? value[2] ?? '';
  }
  return { schemes: /\bbearer\b/i.test(text) ? ['Bearer'] : [], parameters };
}

export function splitScopes(scope: string | undefined): readonly string[] {
  return scope === undefined ? [] : scope.split(' ').filter((name) => name !== '');
}
