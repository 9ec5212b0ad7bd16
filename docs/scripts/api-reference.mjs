// Writes docs/reference/api from the doc comments of the published packages. Part of the build of the site.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, Converter, PageEvent, ReflectionKind } from 'typedoc';
import { listPublishedPackages } from '../../scripts/lib/project.mjs';

const docs = fileURLToPath(new URL('../', import.meta.url));
const root = dirname(docs.replace(/\/$/, ''));
const out = join(docs, 'reference/api');

/** Every entry of every package: the file it is built from, and the name it is imported by. */
const entries = new Map(
  listPublishedPackages().flatMap(({ name, folder, manifest }) =>
    Object.entries(manifest.exports)
      .filter(([, target]) => typeof target === 'object')
      .map(([subpath, { import: target }]) => [
        join(root, folder, target.types.replace('./dist/', 'src/').replace(/\.d\.ts$/, '.ts')),
        join(name, subpath),
      ]),
  ),
);

const app = await Application.bootstrapWithPlugins({
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: [...entries.keys()],
  tsconfig: join(docs, 'tsconfig.api.json'),
  // Types are checked where they are written
  skipErrorChecking: true,
  validation: false,
  logLevel: 'Warn',
  disableSources: true,
  disableGit: true,
  excludePrivate: true,
  excludeInternal: true,
  readme: 'none',
  out,
  name: 'API reference',
  router: 'module',
  entryFileName: 'index',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true, hideSources: true },
  useHTMLEncodedBrackets: true,
  sanitizeComments: true,
});

app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
    const file = project.files?.length === 0 ? undefined : module.sources?.[0]?.fullFileName;
    const symbolFile = file ?? project.getSymbolIdFromReflection(module)?.fileName;
    module.name = entries.get(symbolFile) ?? module.name;
  }
});

/** VitePress writes a hyphen in the anchors of headings where there is an underscore. */
app.renderer.on(PageEvent.END, (page) => {
  page.contents = page.contents?.replaceAll(
    /(\]\([^)#\s]*#)([\w-]+)\)/g,
    (_whole, before, anchor) => `${before}${anchor.replaceAll('_', '-')})`,
  );
});

rmSync(out, { recursive: true, force: true });
const project = await app.convert();
if (project === undefined) throw new Error('TypeDoc cannot read the sources.');

const bare = findBare(project);
if (bare.length > 0) throw new Error(`Without @see or @example in their doc comments: ${bare.join(', ')}`);

await app.generateOutputs(project);
console.log(`API reference: ${entries.size} entries`);

/** Public functions, classes and methods without a section of a standard or an example. The class may speak for its methods. */
function findBare(project) {
  const { Function: fn, Class: type, Method: method } = ReflectionKind;
  return project
    .getReflectionsByKind(fn | type | method)
    .filter((each) => each.inheritedFrom === undefined && (each.kind !== method || each.parent.kind === type))
    .filter((each) => {
      const own = tagsOf(each);
      const others = each.kind === method ? tagsOf(each.parent) : [];
      const isShown = others.some(({ tag, text }) => tag === '@example' && text.includes(`.${each.name}(`));
      return !(
        [...own, ...others].some(({ tag }) => tag === '@see') &&
        (own.some(({ tag }) => tag === '@example') || isShown)
      );
    })
    .map((each) => each.getFullName());
}

function tagsOf(reflection) {
  return [reflection, ...(reflection.signatures ?? [])].flatMap(({ comment }) =>
    (comment?.blockTags ?? []).map(({ tag, content }) => ({
      tag,
      text: content.map(({ text }) => text).join(''),
    })),
  );
}
