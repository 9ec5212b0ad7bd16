import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTempFolder } from '../../scripts/lib/temp-folder.mjs';
import { drawTerminal } from './trace/draw-terminal.mjs';
import { normalizeTrace } from './trace/normalize.mjs';
import { playDemonstration } from './trace/play.mjs';

const picture = fileURLToPath(new URL('../public/demonstration.svg', import.meta.url));

const usualPage = 'reports/demonstration.html';

/** What `npm start` shows on a terminal, from a run, as the picture that README begins with. */
async function draw() {
  const page = join(createTempFolder(), 'page.html');
  const { port, output } = await playDemonstration(['--page', page], { NO_COLOR: '', FORCE_COLOR: '1' });
  const shown = normalizeTrace(output, port).replaceAll(page, usualPage);
  return drawTerminal(`$ npm start\n${shown}`, {
    title: 'What npm start prints',
    description:
      'A client without a token finds its way, its user logs in, its call is answered. An expired token, a token for another resource and a token of another issuer are refused, each with the reason. A tool that needs more says what, and is called again.',
  });
}

const isFresh = (text) => existsSync(picture) && readFileSync(picture, 'utf8') === text;

export const checks = {
  'The picture of README is what npm start prints; node docs/scripts/demonstration-picture.mjs draws it anew':
    async () => (isFresh(await draw()) ? [] : ['docs/public/demonstration.svg']),
};

if (process.argv[1] === import.meta.filename) {
  const text = await draw();
  console.log(isFresh(text) ? 'The picture is fresh.' : 'The picture is new.');
  writeFileSync(picture, text);
}
