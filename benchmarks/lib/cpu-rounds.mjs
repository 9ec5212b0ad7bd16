import { median, quantile, shuffled } from './rounds.mjs';

/**
 * @typedef {object} Contender
 * @property {number} operations how many things one call of `work` does
 * @property {(round: number) => unknown} work
 *
 * @typedef {object} Measured
 * @property {string} name
 * @property {number} nanoseconds processor time of one operation, all threads, median
 * @property {number} elapsed nanoseconds on the clock, median
 * @property {number} ratio how many times the processor time of the baseline, median of the rounds' ratios
 * @property {number} low 10th percentile of these
 * @property {number} high 90th percentile
 */

/** Ratios of series that were measured in the same rounds. */
export function compareSeries(series, baseline) {
  return Object.entries(series).map(([name, { cpu, clock = cpu }]) => {
    const ratios = cpu.map((time, round) => time / series[baseline].cpu[round]);
    return {
      name,
      nanoseconds: median(cpu),
      elapsed: median(clock),
      ratio: median(ratios),
      low: quantile(ratios, 0.1),
      high: quantile(ratios, 0.9),
    };
  });
}

/**
 * Like `compare`, for work that may wait for other threads: processor time of the whole process counts, not the clock,
 * so that work done by a crypto thread is paid for, and neighbours on the machine are not.
 *
 * @param {Record<string, Contender>} contenders
 * @returns {Promise<Measured[]>}
 */
export async function compareCpu(contenders, { baseline, rounds, warmups = 2 }) {
  const series = Object.fromEntries(Object.keys(contenders).map((name) => [name, { cpu: [], clock: [] }]));
  for (let round = 0; round < warmups + rounds; round++) {
    for (const name of shuffled(Object.keys(contenders))) {
      const { operations, work } = contenders[name];
      const started = process.hrtime.bigint();
      const before = process.cpuUsage();
      const result = work(round);
      if (result instanceof Promise) await result;
      const { user, system } = process.cpuUsage(before);
      if (round < warmups) continue;
      series[name].cpu.push(((user + system) * 1000) / operations);
      series[name].clock.push(Number(process.hrtime.bigint() - started) / operations);
    }
  }
  return compareSeries(series, baseline);
}

/** How many times `work` has to run to take about so many milliseconds of processor time. Warms it up on the way. */
export async function calibrateCalls(work, milliseconds) {
  let result = 0;
  for (let pass = 0; pass < 3; pass++) {
    for (let calls = Math.max(8, result >> 1); ; calls *= 2) {
      const before = process.cpuUsage();
      const running = work(calls);
      if (running instanceof Promise) await running;
      const { user, system } = process.cpuUsage(before);
      const taken = (user + system) / 1000;
      if (taken < milliseconds && calls < 1 << 22) continue;
      result = Math.max(4, Math.round((calls * milliseconds) / taken));
      break;
    }
  }
  return result;
}
