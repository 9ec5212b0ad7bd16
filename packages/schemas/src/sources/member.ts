import * as z from 'zod';
import { isAbsoluteUrl } from '../runtime/absolute-url.js';
import { isCompactJws } from '../runtime/compact-jws.js';
import { MAX_ELEMENTS } from '../runtime/limits.js';
import type { Constraint } from './constraint.js';

/** How strongly the source asks for a member. Only `required` members are required to parse a document. */
export type Level = 'required' | 'recommended' | 'optional' | 'conditional';

/** State of a member in the IANA registries for authorization server and protected resource metadata. */
export type Registration = 'registered' | 'draft' | 'unconfirmed' | 'not-registered';

/** What the entry was compared with when it was written down. */
export type ConfirmedBy = 'registry-copy' | 'source-text' | 'library-only' | 'none';

/** Everything about a member that its type alone does not say. */
export interface MemberInfo {
  readonly description: string;
  readonly source: string;
  readonly level: Level;
  /** When a `conditional` member has to be there. */
  readonly condition?: string;
  /** What a consumer assumes when the member is absent; absent here means nothing may be assumed. */
  readonly default?: boolean | readonly string[];
  readonly constraints?: readonly Constraint[];
  /** Whether `name#language-tag` variants are defined. */
  readonly languageTags?: true;
  /** Defaults to `registered`. */
  readonly registration?: Registration;
  /** Defaults to `registry-copy`. */
  readonly confirmedBy?: ConfirmedBy;
  readonly note?: string;
}

/** Member descriptions by schema instance. A registry of our own: the global one would leak into `z.toJSONSchema`. */
export const memberInfo: z.core.$ZodRegistry<MemberInfo> = z.registry<MemberInfo>();

type Member<S extends z.ZodType, I extends MemberInfo> = I['level'] extends 'required' ? S : z.ZodOptional<S>;

function member<S extends z.ZodType, const I extends MemberInfo>(schema: S, info: I): Member<S, I> {
  const sized = info.level === 'required' ? schema : schema.optional();
  const described = sized.describe(info.description);
  memberInfo.add(described, info);
  return described as Member<S, I>;
}

/** A string that passes a named check; generated validators and JSON Schemas carry the check under the same name. */
const named = (format: string, check: (value: string) => boolean) =>
  z.string().refine(check, { params: { format }, error: `not of the format ${format}` });

const absoluteUrl = named('absolute-url', isAbsoluteUrl);
const compactJws = named('compact-jws', isCompactJws);
const stringArray = z.array(z.string()).max(MAX_ELEMENTS);

export const url = <const I extends MemberInfo>(info: I) => member(absoluteUrl, info);
export const jws = <const I extends MemberInfo>(info: I) => member(compactJws, info);
export const text = <const I extends MemberInfo>(info: I) => member(z.string(), info);
export const flag = <const I extends MemberInfo>(info: I) => member(z.boolean(), info);
export const strings = <const I extends MemberInfo>(info: I) => member(stringArray, info);
export const shaped = <S extends z.ZodType, const I extends MemberInfo>(schema: S, info: I) =>
  member(schema, info);

/**
 * The members of one server document as they are legal in the other: the two kinds share one registry, so each may
 * carry what the other defines, but is never asked for it.
 */
export function asGuests<S extends Record<string, z.ZodType>>(shape: S): { [K in keyof S]: Guest<S[K]> } {
  const guests: Record<string, z.ZodType> = {};
  for (const [name, schema] of Object.entries(shape)) {
    const info = memberInfo.get(schema);
    if (info === undefined) throw new TypeError(`${name} has no description`);
    const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
    guests[name] = member(inner, { ...info, level: 'optional' });
  }
  return guests as { [K in keyof S]: Guest<S[K]> };
}

type Guest<S extends z.ZodType> = S extends z.ZodOptional ? S : z.ZodOptional<S>;
