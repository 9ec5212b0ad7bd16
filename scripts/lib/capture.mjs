import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './project.mjs';

const onWindows = process.platform === 'win32';

/** The path of a tool that the workspace, or one folder of it, installed. */
export function tool(name, folder = '') {
  return join(root, folder, 'node_modules/.bin', onWindows ? `${name}.cmd` : name);
}

/** Names npm hands to its scripts that pnpm should still see: where to fetch from, and how to get there. */
const keptNpmSettings =
  /^npm_config_(cache|registry|userconfig|(https?_)?proxy|https-proxy|noproxy|cafile|ca|cert|key|strict_ssl)$/i;

/** The environment without what npm adds for its own scripts, which pnpm would warn about. */
function childEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || keptNpmSettings.test(name)),
  );
}

/**
 * Runs a command to its end and keeps what it said, both streams in the order received.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, onLine?: (line: string) => void }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>} never rejects: a command that cannot start is not ok
 */
export function capture(command, args, { cwd = root, env = {}, onLine } = {}) {
  return new Promise((resolve) => {
    const quiet = { NO_COLOR: '1', TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
    const child = spawn(command, args, {
      cwd,
      env: { ...childEnvironment(), ...quiet, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // npx and the tools are batch files there
      shell: onWindows,
    });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => chunks.push(chunk));
      if (onLine !== undefined) createInterface({ input: stream }).on('line', onLine);
    }
    const output = () => Buffer.concat(chunks).toString('utf8');
    child.once('error', (error) => resolve({ ok: false, output: `${output()}${command}: ${error.message}` }));
    child.once('close', (code) => resolve({ ok: code === 0, output: output() }));
  });
}

/** The end of an output, where tools say what went wrong. */
export function tail(output, lines = 60) {
  const all = output.trimEnd().split('\n');
  return (all.length > lines ? ['[...]', ...all.slice(-lines)] : all).join('\n');
}
