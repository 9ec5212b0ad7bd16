// Two releases and what comes next, frozen in a repository made for it: node --test docs/test/versions.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { createTempFolder } from '../../scripts/lib/temp-folder.mjs';
import { freeze } from '../scripts/freeze.mjs';
import { compareVersions, versionOfTag } from '../scripts/versions/site-folder.mjs';

const [repository, site] = [createTempFolder(), join(createTempFolder(), 'site')];
const origin = 'https://docs.example.com';
const commands = { install: 'node -e ""', build: 'node build.mjs' };

/** Writes each page as the site does: below the path that it is built for, with what it was told of versions. */
const program = `
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pages from './pages.json' with { type: 'json' };
const { DOCS_BASE: base, DOCS_VERSION: version, DOCS_OTHERS: others = '' } = process.env;
for (const [page, text] of Object.entries({ ...pages, 'sitemap.xml': '<urlset/>' })) {
  const file = join('docs/.vitepress/dist', page);
  const lang = page.startsWith('ko/') ? 'ko' : 'en';
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, \`<html lang="\${lang}"><head><title>\${text}</title></head><body class="x"><div id="app"><a href="\${base}">\${version} \${others}</a></div></body></html>\`);
}
`;

const git = (...parts) => execFileSync('git', ['-C', repository, ...parts], { stdio: 'pipe' });

function commit(pages, tag) {
  write('pages.json', JSON.stringify(pages));
  git('add', '.');
  git('-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '-q', '-m', 'pages');
  if (tag !== undefined) git('tag', tag);
}

function write(path, text) {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}

const read = (path) => readFileSync(join(site, path), 'utf8');
const put = (version) => freeze({ version, site, repository, origin, commands });

before(() => {
  git('init', '-q');
  write('build.mjs', program);
  write('.gitignore', 'docs/.vitepress/dist\n');
  const pages = { '404.html': 'none', 'index.html': 'home', 'ko/index.html': '홈', 'guide/a.html': 'A' };
  commit({ ...pages, 'guide/gone.html': 'Gone' }, 'v0.9.0');
  commit(pages, 'v1.0.1');
  commit({ ...pages, 'guide/coming.html': 'Coming' });
});

test('the first release is at the root, and frozen under its version, which search engines do not take', () => {
  put('v0.9.0');
  assert.doesNotMatch(read('guide/a.html'), /noindex|other-version/);
  assert.match(read('guide/a.html'), /href="\/">0\.9 /);
  const frozen = read('v0.9/guide/a.html');
  assert.match(frozen, /href="\/v0\.9\/">0\.9 /);
  assert.match(frozen, /<meta name="robots" content="noindex">/);
  assert.match(frozen, /<link rel="canonical" href="https:\/\/docs\.example\.com\/guide\/a\.html">/);
  assert.doesNotMatch(frozen, /<aside/, 'it is the last release');
});

test('what comes next is beside it, says so on each page, and leads back', () => {
  put('next');
  for (const page of [
    'next/index.html',
    'next/ko/index.html',
    'next/guide/a.html',
    'next/guide/coming.html',
  ]) {
    assert.match(read(page), /<body class="x"><!-- version --><aside class="other-version"/);
    assert.match(read(page), /noindex/);
  }
  assert.match(
    read('next/guide/a.html'),
    /not of the last release\..*<a href="\/guide\/a\.html"[^>]*>Go to the last release \(0\.9\)/,
  );
  assert.match(read('next/ko/index.html'), /마지막 릴리스의 문서가 아닙니다.*<a href="\/ko\/"/);
  assert.doesNotMatch(read('next/guide/coming.html'), /canonical/, 'the last release has no such page');
  assert.ok(!existsSync(join(site, 'next/sitemap.xml')) && existsSync(join(site, 'sitemap.xml')));
});

test('a new release takes the root, links to the others, and the old one says that it is not the last', () => {
  const frozen = read('v0.9/guide/gone.html');
  writeFileSync(join(site, '.host'), 'kept');
  put('v1.0.1');
  assert.match(read('index.html'), /"link":"\/next\/".*"link":"\/v0\.9\/"/);
  assert.ok(!existsSync(join(site, 'guide/gone.html')) && existsSync(join(site, '.host')));
  const gone = read('v0.9/guide/gone.html');
  assert.match(
    gone,
    /version 0\.9, not of the last release\..*<a href="\/"[^>]*>Go to the last release \(1\.0\)/,
  );
  assert.doesNotMatch(gone, /canonical/);
  assert.match(gone, /<a href="\/next\/"/);
  const [without] = [gone].map((html) => html.replaceAll(/<!-- version -->.*?<!-- \/version -->/gs, ''));
  assert.equal(
    without,
    frozen.replaceAll(/<!-- version -->.*?<!-- \/version -->/gs, ''),
    'it is not built again',
  );
  assert.doesNotMatch(read('v1.0/index.html'), /<aside/);
});

test('a patch of an older release changes its own folder alone, and a page is stamped once', () => {
  git('tag', 'v0.9.1', 'v0.9.0');
  put('v0.9.1');
  assert.match(read('index.html'), />1\.0 /);
  assert.equal(read('v0.9/guide/a.html').match(/<aside/g).length, 1);
  assert.equal(git('worktree', 'list').toString().trim().split('\n').length, 1, 'no checkout is left behind');
});

test('what is not a release is refused, and versions are compared as numbers', () => {
  assert.throws(() => put('main'), /main is not the tag of a release/);
  assert.equal(versionOfTag('@mcp-auth/core@1.2.3'), '1.2');
  assert.ok(compareVersions('1.10', '1.9') > 0 && compareVersions('0.9', '1.0') < 0);
});
