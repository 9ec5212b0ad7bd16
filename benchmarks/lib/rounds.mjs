/**
 * Times contenders against each other in one process. Rounds are interleaved and their order shuffled, so that what the
 * machine does meanwhile meets all of them; a ratio is taken inside each round, and the median over the rounds counts.
 */

export const shuffled = (list) =>
  list
    .map((item) => [Math.random(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

export const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

export const median = (values) => quantile(values, 0.5);

/** Keeps results alive, so that no engine can decide that nobody needs them. */
export let sink;

/** Nanoseconds of processor time: what neighbours on the machine take from the clock is none of ours. */
function timeOnce(work, iterations) {
  const start = process.cpuUsage();
  for (let index = 0; index < iterations; index++) sink = work();
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / iterations;
}

/** How often to call a contender so that one round takes about `milliseconds`. Warms it up on the way. */
function calibrate(work, milliseconds) {
  let iterations = 16;
  for (;;) {
    const nanoseconds = timeOnce(work, iterations) * iterations;
    if (nanoseconds > milliseconds * 1e6 || iterations > 1 << 24) return iterations;
    iterations *= 2;
  }
}

/**
 * @param {Record<string, () => unknown>} contenders by name
 * @param {{ baseline: string, quick?: boolean }} options the contender that ratios refer to
 * @returns {{ name: string, nanoseconds: number, ratio: number, low: number, high: number }[]} ratio: how many times
 *   the time of the baseline, median, with the 10th and 90th percentile
 */
export function compare(contenders, { baseline, quick = false }) {
  const [rounds, milliseconds] = quick ? [15, 4] : [61, 12];
  const names = Object.keys(contenders);
  const iterations = {};
  for (let pass = 0; pass < 3; pass++) {
    for (const name of names) iterations[name] = calibrate(contenders[name], milliseconds * (quick ? 3 : 6));
  }
  for (const name of names) iterations[name] = Math.max(1, Math.round(iterations[name] / (quick ? 6 : 12)));
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of shuffled(names)) times[name].push(timeOnce(contenders[name], iterations[name]));
  }
  return names.map((name) => {
    const ratios = times[name].map((time, round) => time / times[baseline][round]);
    return {
      name,
      nanoseconds: median(times[name]),
      ratio: median(ratios),
      low: quantile(ratios, 0.1),
      high: quantile(ratios, 0.9),
    };
  });
}
