/** What keeps a release from being published, from here and now. */
export function findMissing({ published, changesets, changes, env }) {
  return [
    ...(published ? [] : ['project.json says "published": false; whoever owns the names on npm sets it']),
    ...(changesets === 0
      ? []
      : [
          `${changesets} changesets are not released: run "pnpm changeset version" and commit what it writes`,
        ]),
    ...(changes === '' ? [] : ['the working copy has changes that are not committed']),
    ...(env.NODE_AUTH_TOKEN ? [] : ['no npm token: NODE_AUTH_TOKEN is not set']),
    ...(env.ACTIONS_ID_TOKEN_REQUEST_URL
      ? []
      : ['no provenance: npm signs it only in a workflow that has the permission "id-token: write"']),
  ];
}
