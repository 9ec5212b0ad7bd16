import manifest from '../../package.json' with { type: 'json' };

/** A package and its version, as its manifest has them. */
export interface Release {
  readonly name: string;
  readonly version: string;
}

/** The core that runs. */
export const coreRelease: Release = { name: manifest.name, version: manifest.version };

/**
 * A sentence for each class from `type` up to the core that belongs to another release than the core: all packages are
 * tested, and released, with one version.
 */
export function describeOtherReleases(type: object | undefined, core = coreRelease): string[] {
  const sentences: string[] = [];
  for (let at: object | null = type ?? null; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const release = Object.hasOwn(at, 'release') ? (at as { release?: Release }).release : undefined;
    if (release === undefined || release.version === core.version) continue;
    sentences.push(
      `${release.name} ${release.version} runs on ${core.name} ${core.version}, and was never tested with it. Install both in one version.`,
    );
  }
  return sentences;
}
