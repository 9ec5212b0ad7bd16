import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { childEnvironment } from './run.mjs';

const onWindows = process.platform === 'win32';

/** The path of a tool the workspace installed. */
export function tool(name) {
  return join(root, 'node_modules', '.bin', onWindows ? `${name}.cmd` : name);
}

/**
 * Runs a command to its end and keeps what it said, both streams in the order received.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>} never rejects: a command that cannot start is not ok
 */
export function capture(command, args, { cwd = root, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...childEnvironment(), NO_COLOR: '1', TURBO_TELEMETRY_DISABLED: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: onWindows,
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
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
