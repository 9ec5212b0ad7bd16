import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatText } from '../lib/format-text.mjs';
import { listPublishedPackages, readProjectFile, root } from '../lib/project.mjs';
import { createPackageFiles } from './assistants/package-files.mjs';

/** @returns {Promise<string[]>} files for coding assistants that are not what their sources say */
async function findStaleFiles({ write = false } = {}) {
  const stale = [];
  for (const pkg of listPublishedPackages()) {
    for (const [name, text] of Object.entries(createPackageFiles(pkg))) {
      const path = `${pkg.folder}/${name}`;
      const fresh = name.endsWith('.md') ? await formatText(path, text) : text;
      if (readProjectFile(path) === fresh) continue;
      stale.push(path);
      if (write) writeFileSync(join(root, path), fresh);
    }
  }
  return stale;
}

export const checks = {
  'What packages carry for coding assistants is what docs/guide/coding-assistants.md says; node scripts/checks/assistants.mjs --write brings it up to date':
    () => findStaleFiles(),
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of await findStaleFiles({ write: process.argv.includes('--write') })) console.log(path);
}
