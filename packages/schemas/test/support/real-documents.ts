import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface RealDocument {
  readonly name: string;
  readonly kind: 'oauth' | 'oidc' | 'protected_resource';
  /** The identifier it was found under. */
  readonly identifier: string;
  /** Deviations, found independently of this package. */
  readonly notes: readonly string[];
  readonly document: Readonly<Record<string, unknown>>;
}

interface Index {
  readonly documents: readonly {
    readonly file: string;
    readonly kind: RealDocument['kind'];
    readonly issuer?: string;
    readonly resource?: string;
    readonly notes?: readonly string[];
  }[];
}

const read = (path: string) => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8');

/** Documents that real providers and MCP servers published, as stored under `fixtures/`. */
export function realDocuments(folder: 'provider-metadata' | 'resource-metadata'): readonly RealDocument[] {
  const { documents } = parse(read(`${folder}/INDEX.yaml`)) as Index;
  return documents.map(({ file, kind, issuer, resource, notes }) => ({
    name: file.replace('.json', ''),
    kind,
    identifier: issuer ?? resource ?? '',
    notes: notes ?? [],
    document: JSON.parse(read(`${folder}/${file}`)) as Record<string, unknown>,
  }));
}
