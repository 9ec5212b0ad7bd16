import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of a release is named after it: `v1.2`. */
const frozen = /^v(\d+(?:\.\d+)*)$/;

/** What is served below the root of the site and is not part of the last release. */
export function isVersionFolder(name) {
  return name === 'next' || frozen.test(name);
}

/**
 * The versions that a folder holds: the frozen releases, newest first, and whether `next` is beside them.
 *
 * @param {string} site
 * @returns {{ releases: readonly string[], hasNext: boolean }}
 */
export function readVersions(site) {
  const releases = (existsSync(site) ? readdirSync(site) : [])
    .flatMap((name) => frozen.exec(name)?.[1] ?? [])
    .sort((one, other) => compareVersions(other, one));
  return { releases, hasNext: existsSync(join(site, 'next')) };
}

/** @returns {number} above zero where the first is newer */
export function compareVersions(one, other) {
  const [ones, others] = [one, other].map((version) => version.split('.').map(Number));
  const parts = Math.max(ones.length, others.length);
  for (let part = 0; part < parts; part++) {
    const difference = (ones[part] ?? 0) - (others[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The version that a tag is of, as the site names it: patches belong to their minor version.
 *
 * @param {string} tag `v1.2.3`, or `@mcp-auth/core@1.2.3`, as the release writes them
 */
export function versionOfTag(tag) {
  const found = /(?:^v?|@)(\d+\.\d+)\.\d+$/.exec(tag)?.[1];
  if (found === undefined) throw new Error(`${tag} is not the tag of a release, such as v1.2.3`);
  return found;
}
