import { parameterOf } from '../../rules/challenge-rules.js';
import { isLetIn, type BlackBoxResponse } from '../exchange.js';
import type { Probe, ProbeCall } from '../probe.js';
import { skipped, type Verdict } from '../verdict.js';

export const unneeded = 'A token without scopes is let in: nothing asks for more.';

/** The answer to a good token that lacks scopes, to the operation if one is named. */
export async function refused(probe: Probe, more: ProbeCall = {}): Promise<BlackBoxResponse> {
  const { operation } = probe.credentials;
  return probe.call({
    token: await probe.narrowToken(),
    ...(operation === undefined ? {} : { call: operation }),
    ...more,
  });
}

export function scopeOf(probe: Probe, response: BlackBoxResponse): readonly string[] {
  const challenge = probe.bearer(response);
  const scope = challenge === undefined ? undefined : parameterOf(challenge, 'scope');
  return scope?.split(' ').filter((each) => each !== '') ?? [];
}

/** Judges the 403, where there is one. */
export async function about403(
  probe: Probe,
  judge: (response: BlackBoxResponse) => Verdict | Promise<Verdict>,
): Promise<Verdict> {
  const response = await refused(probe);
  if (response.status !== 403)
    return skipped(isLetIn(response) ? unneeded : `The answer is ${response.status}: see scope-status.`);
  return judge(response);
}
