// What libraries that protect an MCP server answer to the same requests: node benchmarks/compare.mjs [--write]
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatText } from '../scripts/lib/format-text.mjs';
import { askSubjects } from './lib/compare/ask-subjects.mjs';
import { createCertificate } from './lib/issuer/certificate.mjs';
import { formatAnswers, replaceAnswers } from './lib/compare/format-answers.mjs';

const pages = {
  en: 'guide/compare.md',
  ...Object.fromEntries(['ko', 'ja', 'zh-tw'].map((folder) => [folder, `${folder}/guide/compare.md`])),
};

if (process.env.BENCHMARK_CERTIFICATE === undefined) {
  // Node reads at its start whom it trusts, and the issuer is https
  const { environment, remove } = createCertificate();
  const args = [import.meta.filename, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, ...environment, NODE_ENV: 'production' },
  });
  remove();
  process.exitCode = status ?? 1;
} else {
  const results = await askSubjects();
  console.log(formatAnswers(results));
  if (process.argv.includes('--write')) {
    for (const [language, path] of Object.entries(pages)) {
      const page = fileURLToPath(new URL(`../docs/${path}`, import.meta.url));
      const text = replaceAnswers(readFileSync(page, 'utf8'), formatAnswers(results, language));
      writeFileSync(page, await formatText(page, text));
    }
  }
  // Servers of peers have no way to be closed here
  process.exit();
}
