#!/usr/bin/env node
import process from 'node:process';
import { openBrowser } from './doctor/login/open-browser.js';
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
  // Where nobody is there to see it, a browser stays open for nobody
  openBrowser: stderr.isTTY ? openBrowser : undefined,
  now: () => new Date(),
});
