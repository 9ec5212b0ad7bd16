import { compareSeries } from '../cpu-rounds.mjs';
import { shuffled } from '../rounds.mjs';

/**
 * Sends every server the same requests, round after round, and compares what they cost.
 *
 * @param {Record<string, Awaited<ReturnType<typeof import('./start-server.mjs').startServer>>>} servers
 * @param {object} plan
 * @param {string} plan.baseline
 * @param {number} plan.count requests in a round
 * @param {(round: number) => (index: number) => Buffer} plan.at
 * @param {(name: string) => boolean} plan.passes whether this server should let them pass
 * @param {number} plan.rounds
 * @param {number} plan.warmups
 */
export async function compareServers(servers, { baseline, count, at, passes, rounds, warmups }) {
  const series = Object.fromEntries(Object.keys(servers).map((name) => [name, { cpu: [] }]));
  for (let round = 0; round < warmups + rounds; round++) {
    for (const name of shuffled(Object.keys(servers))) {
      const { cpu, statuses } = await servers[name].measure(count, at(round));
      const wrong = [...statuses.keys()].filter((status) => status < 300 !== passes(name));
      if (wrong.length > 0) throw new Error(`${name} answered ${wrong.join(', ')}`);
      if (round >= warmups) series[name].cpu.push(cpu);
    }
  }
  return compareSeries(series, baseline);
}
