import { listProjectFiles, listPublishedPackages, project, readProjectFile } from '../lib/project.mjs';

/** What a package page shows of the project, and what a publication with provenance is held against. */
export function findManifestProblems({ folder, manifest }, { repository, author } = project) {
  const expected = {
    homepage: `${repository}/tree/main/${folder}#readme`,
    bugs: { url: `${repository}/issues` },
    repository: { type: 'git', url: `git+${repository}.git`, directory: folder },
    author,
    publishConfig: { access: 'public', provenance: true },
  };
  return Object.entries(expected)
    .filter(([field, value]) => JSON.stringify(manifest[field]) !== JSON.stringify(value))
    .map(([field, value]) => `${folder}/package.json: "${field}" must be ${JSON.stringify(value)}`);
}

/** All packages have one version. */
export function findVersionProblems(packages) {
  const versions = new Set(packages.map(({ manifest }) => manifest.version));
  return versions.size === 1 ? [] : [`the packages have the versions ${[...versions].join(', ')}`];
}

/** An address of the project other than the one that project.json names. */
export function findForeignAddresses(path, text, { repository } = project) {
  return [...text.matchAll(/(?:https:\/\/)?\bgithub\.com\/mcp-auth\/[\w.-]+/g)]
    .map(([address]) => address.replace(/\.git$|\.$/, ''))
    .filter((address) => !repository.endsWith(address))
    .map((address) => `${path} names ${address}, not ${repository}`);
}

const install = /^(?:npm (?:install|i|create)|npx) (?:.* )?@?mcp-auth\b/m;
const notice = /\bnot published\s+yet\b|\bNothing is published\s+yet\b/i;

/** A command that only works once the packages are on npm, without the notice; or the notice when they are. */
export function findInstallProblems(path, text, { published } = project) {
  if (published) return notice.test(text) ? [`${path} says that the packages are not published yet`] : [];
  return install.test(text) && !notice.test(text)
    ? [`${path} installs packages from npm and does not say that they are not published yet`]
    : [];
}

const isDocument = /^(?!docs\/(?:ko|ja|zh-tw|decisions)\/|\.changeset\/|.*CHANGELOG\.md$).*\.md$/;
const readTexts = (pattern) => listProjectFiles(pattern).map((path) => [path, readProjectFile(path)]);

/** Whether manifests and documents agree with project.json. */
export const checks = {
  'Manifests are those of the project': () => {
    const packages = listPublishedPackages();
    return [...packages.flatMap((found) => findManifestProblems(found)), ...findVersionProblems(packages)];
  },
  'The project has one address': () =>
    readTexts(/(?<!\.test)\.(?:md|ts|mts|mjs|json|ya?ml|vue)$/).flatMap((file) =>
      findForeignAddresses(...file),
    ),
  'Documents say whether the packages can be installed from npm': () =>
    readTexts(isDocument).flatMap((file) => findInstallProblems(...file)),
};
