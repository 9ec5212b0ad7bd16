import { defineCases } from '../define-cases.js';
import { isLetIn, type BlackBoxResponse } from '../exchange.js';
import { judgeAnswer } from '../judge-answer.js';
import type { Probe } from '../probe.js';
import { check, describeAnswer, failed, passed, skipped, type Verdict } from '../verdict.js';

/** How long a server may take until it knows a key that was added. */
const patienceMs = 15_000;
const pauseMs = 500;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends a token of the key until it is let in; what was answered before. */
async function untilLetIn(
  probe: Probe,
  key: `spare-${number}`,
): Promise<{ letIn: boolean; before: readonly BlackBoxResponse[] }> {
  const before: BlackBoxResponse[] = [];
  for (const end = Date.now() + patienceMs; Date.now() < end;) {
    const answer = await probe.call({
      token: await probe.mint({ signer: { key }, claims: { iat: { fromNow: 0 } } }),
    });
    if (isLetIn(answer)) return { letIn: true, before };
    before.push(answer);
    await pause(pauseMs);
  }
  return { letIn: false, before };
}

/** What each run of these looks at: it takes seconds, so it is done once. */
export const outageCases = defineCases('outage', {
  'outage-unknown-key': {
    title: 'while keys are out of reach, nobody is blamed for a token of a new key',
    requirements: ['RFC9110-15.5.2-01', 'MCP-2026-07-28-RS-020', 'MCP-2026-07-28-RS-015'],
    needs: 'issuer',
    fix: 'Answer 503 with Retry-After when the keys cannot be fetched: 401 makes clients throw good tokens away.',
    probe: async (probe) => {
      const { issuer } = probe;
      const key = issuer.rotate();
      issuer.behave({ keys: 'fails', metadata: 'fails' });
      try {
        return judgeOutage(
          await probe.call({ token: await probe.mint({ signer: { key }, claims: { iat: { fromNow: 0 } } }) }),
        );
      } finally {
        issuer.recover();
      }
    },
  },
  rotation: {
    title: 'a key that was added is known within seconds',
    requirements: ['RFC9068-4-07'],
    needs: 'issuer',
    fix: 'Fetch the key set again when a token names a key that is not in it, at most every few seconds.',
    probe: async (probe) => {
      const { letIn, before } = await untilLetIn(probe, probe.issuer.rotate());
      const last = before.at(-1);
      return check(
        letIn,
        `let in within ${patienceMs / 1000} seconds`,
        last === undefined ? '' : describeAnswer(last),
      );
    },
  },
  'outage-of-known-keys': {
    title: 'known keys go on while the authorization server is down',
    requirements: ['RFC9068-4-07', 'RFC9110-15.5.2-01'],
    severity: 'SHOULD',
    needs: 'issuer',
    fix: 'Keep a key set for a while after the last good answer.',
    probe: async (probe) => {
      const { issuer } = probe;
      if (!isLetIn(await probe.call({ token: await probe.mint() })))
        return skipped('No token is let in: see good-token.');
      issuer.behave({ keys: 'closes', metadata: 'closes' });
      try {
        const answer = await probe.call({ token: await probe.mint() });
        if (isLetIn(answer)) return passed;
        return answer.status >= 500 ? passed : failed('let in, or a server error', describeAnswer(answer));
      } finally {
        issuer.recover();
      }
    },
  },
  'withdrawn-key': {
    title: 'a key that is no longer published opens nothing once the server has looked',
    requirements: ['RFC9068-4-03'],
    severity: 'note',
    needs: 'issuer',
    fix: 'Take the keys of the newest set alone; a short life of the set bounds how late a withdrawal is seen.',
    probe: async (probe) => {
      const { issuer } = probe;
      const [gone, next] = [issuer.rotate(), issuer.rotate()];
      await untilLetIn(probe, gone);
      issuer.behave({ publishes: ['es256', 'rs256', next] });
      try {
        await untilLetIn(probe, next);
        return judgeAnswer(
          await probe.call({ token: await probe.mint({ signer: { key: gone } }) }),
          'unauthorized',
        );
      } finally {
        issuer.recover();
      }
    },
  },
});

function judgeOutage(answer: BlackBoxResponse): Verdict {
  return judgeAnswer(answer, 'unavailable');
}
