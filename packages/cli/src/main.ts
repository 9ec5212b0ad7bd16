#!/usr/bin/env node
import process from 'node:process';
import { run } from './run.js';

const { stdin, stdout, stderr, env } = process;

// A reader that closes the pipe, such as head, has what it wanted
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  now: () => new Date(),
});
