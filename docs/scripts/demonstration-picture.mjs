// Records what two commands show on a terminal, as the pictures of README: node docs/scripts/demonstration-picture.mjs
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/project.mjs';
import { createTempFolder } from '../../scripts/lib/temp-folder.mjs';
import { drawTerminal } from './trace/draw-terminal.mjs';
import { normalizeTrace } from './trace/normalize.mjs';
import { playDemonstration } from './trace/play.mjs';

const usualPage = 'reports/demonstration.html';

/** Code hosts show pictures through their own servers, and readers over the air. */
const mostBytes = 60_000;

const pictures = [
  { file: 'docs/public/demonstration.svg', shows: 'npm start', draw: drawDemonstration },
  { file: 'docs/public/doctor.svg', shows: 'doctor', draw: drawDoctor },
];

/** What `npm start` shows on a terminal, from a run. */
async function drawDemonstration() {
  const page = join(createTempFolder(), 'page.html');
  const { port, output } = await playDemonstration(['--page', page], { NO_COLOR: '', FORCE_COLOR: '1' });
  const shown = normalizeTrace(output, port).replaceAll(page, usualPage);
  return drawTerminal(`$ npm start\n${shown}`, {
    title: 'What npm start prints',
    description:
      'A client without a token finds its way, its user logs in, its call is answered. An expired token, a token for another resource and a token of another issuer are refused, each with the reason. A tool that needs more says what, and is called again.',
    recorded: true,
  });
}

/** What `doctor` shows of a server that names another resource: what a test of the command keeps of its run. */
function drawDoctor() {
  const output = readFileSync(join(root, 'docs/code/doctor/resource-mismatch.ansi'), 'utf8');
  return drawTerminal(`$ npx @mcp-auth/cli doctor http://127.0.0.1:3000/mcp\n${output}`, {
    title: 'What doctor prints',
    description:
      'The command goes to a server as clients go, and stops at the step that is broken: the metadata is about another resource than the URL that clients use. It says what was expected and what came, what to do, which clause asks for it, and which known clients fail.',
    recorded: true,
    rows: 30,
  });
}

const isFresh = (file, text) =>
  existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8') === text;

export const checks = Object.fromEntries(
  pictures.flatMap(({ file, shows, draw }) => [
    [
      `${file} is what ${shows} prints, and small; node docs/scripts/demonstration-picture.mjs draws it anew`,
      async () => {
        const text = await draw();
        return [
          ...(isFresh(file, text) ? [] : [`${file} is not fresh`]),
          ...(Buffer.byteLength(text) < mostBytes ? [] : [`${file} has ${Buffer.byteLength(text)} bytes`]),
        ];
      },
    ],
  ]),
);

if (process.argv[1] === import.meta.filename) {
  for (const { file, draw } of pictures) {
    const text = await draw();
    console.log(`${file} ${isFresh(file, text) ? 'is fresh' : 'is new'}.`);
    writeFileSync(join(root, file), text);
  }
}
