import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { protectedResourceMembers } from '../../src/sources/members/rfc9728.js';
import { endpointAliases } from '../../src/sources/endpoint-aliases.js';
import { memberInfo } from '../../src/sources/member.js';
import {
  authorizationServerMembers,
  authorizationServerMetadataSchema,
  openIDProviderMembers,
  openIDProviderMetadataSchema,
} from '../../src/sources/server-metadata.js';
import { constraintsByText } from '../support/constraint-texts.js';
import { sharedMembers, unconfirmedMembers } from '../support/recorded-reasons.js';

interface Field {
  readonly name: string;
  readonly document: keyof typeof homes;
  readonly type: string;
  readonly level: string;
  readonly condition?: string;
  readonly default: unknown;
  readonly constraints: readonly string[];
  readonly i18n_taggable: boolean;
  readonly source: string;
  readonly registration: string;
  readonly cross_checked: string;
  readonly description: string;
  readonly note?: string;
}

const homes = {
  authorization_server: authorizationServerMembers,
  openid_provider: openIDProviderMembers,
  protected_resource: protectedResourceMembers,
} as const satisfies Record<string, Readonly<Record<string, z.ZodType>>>;

const data = parse(readFileSync(new URL('../../fixtures/metadata-fields.yaml', import.meta.url), 'utf8')) as {
  readonly fields: readonly Field[];
};

/** The zod source of a member in the words of the field data. */
function describeSource(name: string, document: Field['document']): Field | undefined {
  const schema = (homes[document] as Readonly<Record<string, z.ZodType>>)[name];
  const info = schema && memberInfo.get(schema);
  if (info === undefined) return undefined;
  return {
    name,
    document,
    type: typeOf(schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : (schema as z.ZodType)),
    level: info.level,
    ...(info.condition === undefined ? {} : { condition: info.condition }),
    default: info.default ?? null,
    constraints: info.constraints ?? [],
    i18n_taggable: info.languageTags ?? false,
    source: info.source,
    registration: info.registration ?? 'registered',
    cross_checked: info.confirmedBy ?? 'registry-copy',
    description: info.description,
    ...(info.note === undefined ? {} : { note: info.note }),
  };
}

function typeOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodArray) return `${typeOf(schema.element as z.ZodType)}[]`;
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodObject) return 'object';
  if (!(schema instanceof z.ZodString)) throw new TypeError(`unexpected ${schema._zod.def.type}`);
  const formats = (schema._zod.def.checks ?? []).map((check) =>
    'params' in check._zod.def ? (check._zod.def.params as { format: string }).format : '',
  );
  return { 'absolute-url': 'url', 'compact-jws': 'jwt', '': 'string' }[formats.join()] ?? formats.join();
}

describe('every registered member is in the zod sources', () => {
  it.each(data.fields)('$document: $name', (field) => {
    const { constraints, ...expected } = field;
    const { constraints: found, ...actual } = describeSource(field.name, field.document) ?? {};
    expect(actual).toEqual(expected);
    expect(new Set(found)).toEqual(
      new Set(constraints.flatMap((text): readonly string[] => constraintsByText[text] ?? [`? ${text}`])),
    );
  });

  it('139 of 139, and none that the data does not have', () => {
    const key = (document: string, name: string) => `${document}/${name}`;
    const sources = Object.entries(homes).flatMap(([document, members]) =>
      Object.keys(members).map((name) => key(document, name)),
    );
    expect(sources.sort()).toEqual(data.fields.map(({ document, name }) => key(document, name)).sort());
    expect(sources).toHaveLength(139);
  });
});

describe('what could be doubted has a recorded reason', () => {
  it('each member that two documents share', () => {
    const names = data.fields.map(({ name }) => name);
    const shared = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    expect(Object.keys(sharedMembers).sort()).toEqual([...shared].sort());
  });

  it('each member that the data does not confirm', () => {
    const doubtful = data.fields.filter(({ cross_checked }) =>
      ['none', 'library-only'].includes(cross_checked),
    );
    expect(Object.keys(unconfirmedMembers).sort()).toEqual(doubtful.map(({ name }) => name).sort());
  });
});

describe('the two server documents share one registry', () => {
  it('a member of one is legal in the other, and not asked for', () => {
    const [oauth, openid] = [authorizationServerMetadataSchema.shape, openIDProviderMetadataSchema.shape];
    expect(Object.keys(oauth).sort()).toEqual(Object.keys(openid).sort());
    const guests = Object.keys(openIDProviderMembers).filter((name) => !(name in authorizationServerMembers));
    for (const name of guests) {
      const schema = (oauth as Readonly<Record<string, z.ZodType>>)[name];
      expect([name, schema instanceof z.ZodOptional]).toEqual([name, true]);
    }
  });

  it('every endpoint can have an alias for mutual TLS', () => {
    const endpoints = Object.keys(authorizationServerMetadataSchema.shape).filter((name) =>
      name.endsWith('_endpoint'),
    );
    expect(Object.keys(endpointAliases.shape).sort()).toEqual(endpoints.sort());
  });
});
