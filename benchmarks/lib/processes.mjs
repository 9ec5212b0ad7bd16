import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quantile } from './rounds.mjs';

/**
 * Runs programs in processes of their own, interleaved, and compares the processor time each takes from start to end.
 * Processor time, because the wall clock of a short process says more about the neighbours than about the program; and
 * its 10th percentile, because what neighbours do to a cache can only add to it.
 *
 * @param {Record<string, string>} programs module source by name
 * @param {{ baseline: string, cwd: string, quick?: boolean, rounds?: number, packages?: Record<string, string> }} options
 *   packages: source of packages that the programs can import in addition to those `cwd` has
 */
export function compareProcesses(
  programs,
  { baseline, cwd, quick = false, rounds = quick ? 21 : 81, packages = {} },
) {
  const names = Object.keys(programs);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const tail =
    '\n;{ const { user, system } = process.cpuUsage(); process.stdout.write(String(user + system)); }';
  // Files, because `--eval` takes another way through Node; inside `cwd`, because packages are found from there.
  const folder = mkdtempSync(join(cwd, 'node_modules', '.programs-'));
  try {
    for (const [name, source] of Object.entries(packages)) {
      const place = join(folder, 'node_modules', name);
      mkdirSync(place, { recursive: true });
      writeFileSync(
        join(place, 'package.json'),
        JSON.stringify({ name, type: 'module', exports: './index.js' }),
      );
      writeFileSync(join(place, 'index.js'), source);
    }
    names.forEach((name, index) => {
      writeFileSync(join(folder, `${index}.mjs`), programs[name] + tail);
    });
    for (let round = 0; round < rounds; round++) {
      const order = names.map((name, index) => [name, join(folder, `${index}.mjs`)]);
      for (const [name, file] of round % 2 === 0 ? order : order.reverse()) {
        const { stdout, stderr, status } = spawnSync(process.execPath, [file], { cwd, encoding: 'utf8' });
        if (status !== 0) throw new Error(`${name}: ${stderr}`);
        times[name].push(Number(stdout) * 1000);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const least = Object.fromEntries(names.map((name) => [name, quantile(times[name], 0.1)]));
  return names.map((name) => {
    const ratios = times[name].map((time, round) => time / times[baseline][round]);
    return {
      name,
      nanoseconds: least[name],
      ratio: least[name] / least[baseline],
      low: quantile(ratios, 0.1),
      high: quantile(ratios, 0.9),
    };
  });
}
