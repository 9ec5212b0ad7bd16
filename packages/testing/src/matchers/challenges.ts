import { parseChallenges, type Challenge } from '../challenge/parse-challenges.js';
import type { ReadResponse } from '../response/read-response.js';
import { show } from './judgement.js';

/** The challenges of a response that are about access tokens, or why there are none. */
export type FoundChallenges =
  | { readonly kind: 'found'; readonly challenges: readonly Challenge[] }
  | { readonly kind: 'none'; readonly problem: string };

const schemes = ['bearer', 'dpop'];

/** Reads `WWW-Authenticate` by the grammar of RFC 9110 §11.6.1, as a strict client does. */
export function findChallenges({ challenges: values }: ReadResponse): FoundChallenges {
  if (values.length === 0) return none('it has no WWW-Authenticate header');
  let all: readonly Challenge[];
  try {
    all = parseChallenges(values);
  } catch (error) {
    return none(`its WWW-Authenticate header is malformed: ${(error as Error).message}`);
  }
  const challenges = all.filter(({ scheme }) => schemes.includes(scheme.toLowerCase()));
  return challenges.length > 0
    ? { kind: 'found', challenges }
    : none(
        `its challenge is for ${all.map(({ scheme }) => show(scheme)).join(', ')}, not for Bearer or DPoP`,
      );
}

function none(problem: string): FoundChallenges {
  return { kind: 'none', problem };
}

/** The values of a parameter, of each challenge that has one; names ignore case. */
export function valuesOf(challenges: readonly Challenge[], name: string): readonly string[] {
  return challenges
    .flatMap(({ parameters }) => parameters)
    .flatMap((parameter) => (parameter.name.toLowerCase() === name ? [parameter.value] : []));
}
