import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pnpmCommand, root } from './bootstrap.mjs';
import { capture, tail, tool } from './capture.mjs';
import { combine, failed, noted, passed, skipped } from './outcome.mjs';
import { inTempFolder } from './temp-folder.mjs';
import { errorOutsideOfTests, readVitestReport } from './vitest-report.mjs';

/** One command as one check. */
export async function runCommand(name, path, args) {
  const { ok, output } = await capture(path, args);
  return ok ? passed() : failed(`${name} fails:\n${tail(output)}`);
}

/** One task in every package that has it; goes on after a failure, so that one run shows all. */
export async function runTurbo(task) {
  const { command: path, args } = pnpmCommand([
    'exec',
    'turbo',
    'run',
    task,
    '--continue=dependencies-successful',
    '--output-logs=errors-only',
  ]);
  const { ok, output } = await capture(path, args);
  // Turbo's own total also has the tasks that these depend on
  const [, successful, total] = /Tasks:\s+(\d+) successful, (\d+) total/.exec(output) ?? [];
  const packages = countPackagesWith(task);
  if (ok && successful === total && packages > 0) return passed(packages);
  const broken = Math.max(1, Number(total ?? packages) - Number(successful ?? 0));
  return combine([
    passed(Math.max(0, packages - broken)),
    failed(`turbo run ${task} fails:\n${tail(withoutStacks(output), 80)}`, broken),
  ]);
}

function countPackagesWith(task) {
  const folders = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  );
  return [...folders, 'docs', 'benchmarks'].filter((folder) => {
    const manifest = join(root, folder, 'package.json');
    return existsSync(manifest) && task in (JSON.parse(readFileSync(manifest, 'utf8')).scripts ?? {});
  }).length;
}

/** Frames of the tools' own code say nothing and would push what does out of sight. */
function withoutStacks(output) {
  return output
    .split('\n')
    .filter((line) => !/^(\S+:\w+: )?\s*at .+:\d+:\d+\)?$/.test(line))
    .join('\n');
}

export async function runVitest() {
  return inTempFolder(async (folder) => {
    const file = join(folder, 'report.json');
    const { output } = await capture(tool('vitest'), ['run', '--reporter=json', `--outputFile=${file}`]);
    let report;
    try {
      report = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      return failed(`vitest writes no report:\n${tail(output)}`);
    }
    const outcome = readVitestReport(report);
    const explained = outcome.failures.map((failure) =>
      failure === errorOutsideOfTests ? `${failure}\n${tail(output)}` : failure,
    );
    return { ...outcome, failures: explained };
  });
}

export async function runNodeTests() {
  // By name: given a folder, Node would also take scripts/test.mjs for a test
  const files = readdirSync(join(root, 'scripts'), { recursive: true })
    .filter((file) => file.endsWith('.test.mjs'))
    .map((file) => join(root, 'scripts', file));
  const { output } = await capture(process.execPath, ['--test', '--test-reporter=tap', ...files]);
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const bad = count('fail') + count('cancelled');
  if (bad > 0) return combine([passed(count('pass')), failed(tail(output, 80), bad)]);
  return count('pass') > 0 ? passed(count('pass')) : failed(`node --test finds no tests:\n${tail(output)}`);
}

/** A script that says in its last counts how much passed; without any it is one check. Its lines with NOTE become notes. */
export async function runCounting(script) {
  const env = process.env.CI ? { CI_REQUIRE_ALL: '1' } : {};
  const { ok, output } = await capture(process.execPath, [join(root, script)], { env });
  const counts = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  const good = counts === undefined ? Number(ok) : Number(counts[1]);
  const bad = counts === undefined ? Number(!ok) : Number(counts[2]);
  const left = Number(counts?.[3] ?? 0);
  const skips = output.split('\n').filter((line) => /^\s*(?:SKIPPED|skipped)\b/.test(line));
  const outcome = combine([
    passed(good),
    ...Array.from({ length: left }, (_, index) =>
      skipped(skips[index]?.trim() ?? `${script} skips something`),
    ),
    ...[...output.matchAll(/^NOTE (.+)$/gm)].map(([, note]) => noted(note)),
  ]);
  if (bad === 0 && (ok || left > 0)) return outcome;
  const named = output.split('\n').filter((line) => /^\s*failed\b/i.test(line));
  const explanation = named.length > 0 ? named.join('\n') : tail(output);
  return combine([outcome, failed(`${script} fails:\n${explanation}`, Math.max(1, bad))]);
}
