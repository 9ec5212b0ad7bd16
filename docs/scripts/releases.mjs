// Writes docs/reference/releases.md from changesets and changelogs. Part of the build of the site.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/project.mjs';
import { formatPage } from './releases/format-releases.mjs';
import { readReleases } from './releases/read-releases.mjs';

writeFileSync(join(root, 'docs/reference/releases.md'), formatPage(readReleases(root)));
