import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listPublishedPackages, root } from '../lib/project.mjs';
import { createTempFolder } from '../lib/temp-folder.mjs';

const compilerOptions = { module: 'nodenext', strict: true, skipLibCheck: true, types: ['node'] };
const listForgotten = { 'ae-forgotten-export': { logLevel: 'none', addToApiReportFile: true } };

/** Writes what the entries of the published packages declare, as they were built: a report for each. */
function writeReports(reportFolder) {
  const entries = listPublishedPackages().flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports)
      .filter(([, target]) => target.import !== undefined)
      .map(([path, target]) => ({ folder, path, types: join(root, folder, target.import.types) })),
  );
  let compilerState;
  for (const { folder, path, types } of entries) {
    const reportFileName = `${folder.split('/')[1]}${path.slice(1).replace('/', '.')}.api.md`;
    const configObject = {
      projectFolder: root,
      mainEntryPointFilePath: types,
      compiler: { overrideTsconfig: { compilerOptions, files: [types] } },
      apiReport: {
        enabled: true,
        reportFolder,
        reportTempFolder: reportFolder,
        reportFileName,
        includeForgottenExports: path === '.',
      },
      messages: { extractorMessageReporting: listForgotten },
      newlineKind: 'lf',
    };
    const packageJsonFullPath = join(root, folder, 'package.json');
    const config = ExtractorConfig.prepare({ packageJsonFullPath, configObject });
    compilerState ??= CompilerState.create(config, {
      additionalEntryPoints: entries.map((each) => each.types),
    });
    const messageCallback = (message) => (message.handled = true);
    Extractor.invoke(config, { compilerState, localBuild: true, messageCallback });
    const { program } = compilerState;
    const exported = entries
      .filter((entry) => entry.folder === folder)
      .map((entry) => program.getTypeChecker().getSymbolAtLocation(program.getSourceFile(entry.types)))
      .flatMap((module) => [...(module?.exports?.keys() ?? [])]);
    const report = readFileSync(config.reportFilePath, 'utf8');
    writeFileSync(config.reportFilePath, shorten(report, exported, readFileSync(types, 'utf8')));
  }
}

/** Without comments; names what no entry of the package exports, and shows what is added to the types of others. */
export function shorten(report, exported, declarations) {
  const added = declarations.match(/^declare (?:global|module) [^]*?^\}\n/gm) ?? [];
  return report
    .replace(/```\n$/, `${added.join('\n')}\`\`\`\n`)
    .replace(/^( *\/\/) (?:Warning:|\S+ -) .+ symbol "(\w+?)(?:_\d+)?" .+/gm, (_, slashes, name) =>
      exported.includes(name) ? slashes : `${slashes} Not exported: ${name}`,
    )
    .replace(/^ *(?:> Do.+\n|\/\/(?:| Warn.+|(?: @public)?(?: \(.+\))?)|\/\*\*[^]*?\*\/)\n/gm, '');
}

if (process.argv[1] === import.meta.filename) {
  const [kept, folder] = [join(root, 'api'), createTempFolder()];
  writeReports(folder);
  if (process.argv.includes('--write')) {
    rmSync(kept, { recursive: true, force: true });
    cpSync(folder, kept, { recursive: true });
  }
  const { status, stdout } = spawnSync('git', ['diff', '--no-index', '-U0', kept, folder], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.log(
      `${stdout.split('\n', 30).join('\n')}\nIf that is meant: node scripts/checks/api-report.mjs --write, and a changeset`,
    );
    process.exitCode = 1;
  }
}
