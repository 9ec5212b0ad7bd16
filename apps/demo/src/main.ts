import { writeFile } from 'node:fs/promises';
import { StartupError } from '@mcp-auth/app-sample-kit';
import { readOptions, usage } from './options.js';
import { showsColours } from './paint.js';
import { Printer } from './print.js';
import { play } from './scenario.js';
import { createChapters, createShortChapters } from './scenario/chapters.js';
import { Screen } from './screen.js';
import { describeServers, untilStopped } from './serve.js';
import { writeSnippets } from './snippets.js';
import { setStage } from './stage.js';
import type { Trace } from './trace.js';
import { describePage, writePage } from './write-page.js';

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  const stage = await setStage(options.port);
  try {
    const colours = showsColours(process.stdout.isTTY, process.env);
    const printer = new (options.all ? Printer : Screen)(process.stdout, { colours });
    const chapters = options.all ? createChapters(stage) : createShortChapters(stage);
    const { failure, ...trace } = await play(chapters, stage.recorder, printer);
    if (options.trace !== undefined) await writeTrace(options.trace, trace);
    const page = await writePage(trace, options);
    if (failure !== undefined)
      throw new StartupError(`The demonstration stopped. ${failure} ${describePage(page)}`);
    const more = options.all ? '' : ' npm start -- --all shows each message.';
    printer.line(`\nAll ${printer.count} steps went as they should.${more}`);
    printer.line(describePage(page));
    if (options.serve) {
      stage.recorder.leave();
      const written = await writeSnippets(stage.actors, options.snippets);
      try {
        printer.line(describeServers(stage, written));
        await untilStopped();
      } finally {
        await written.remove();
      }
      printer.line('Stopped.');
    }
  } finally {
    await stage.close();
  }
}

async function writeTrace(file: string, trace: Trace): Promise<void> {
  await writeFile(file, `${JSON.stringify(trace, null, 2)}\n`).catch((error: unknown) => {
    throw new StartupError(`The trace cannot be written to ${file} (${(error as Error).message}).`);
  });
}

// A reader who has seen enough: head, a pager
process.stdout.on('error', () => process.exit(1));

main(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof StartupError ? error.message : `Unexpected failure: ${String(error)}`;
  console.error(`\n${message}`);
  process.exitCode = 1;
});
