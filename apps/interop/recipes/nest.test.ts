import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { installInto } from './lib/programs.js';

const run = promisify(execFile);
const folder = join(tmpdir(), 'mcp-auth-interop', 'nest-11');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const config = fileURLToPath(new URL('lib/nest-11.config.ts', import.meta.url));

test(
  'the tests of the package pass with NestJS 11, which the workspace does not have',
  { timeout: 1_800_000 },
  async () => {
    mkdirSync(folder, { recursive: true });
    await installInto(folder, {
      '@nestjs/common': '11.2.10',
      '@nestjs/core': '11.2.10',
      '@nestjs/platform-express': '11.2.10',
      '@nestjs/platform-fastify': '11.2.8',
      '@nestjs/testing': '11.2.6',
      'reflect-metadata': '0.2.2',
      rxjs: '7.8.2',
    });
    const env = { ...process.env, NEST_FOLDER: folder, NODE_ENV: 'test' };
    const { stdout } = await run(process.execPath, [vitest, 'run', '--config', config], {
      env,
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(stdout).toMatch(/Tests .*passed/);
    expect(stdout).not.toMatch(/failed|skipped/);
  },
);
