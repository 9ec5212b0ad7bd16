import type { MemberInfo } from '../src/sources/member.js';

/** Formats that exist as a zod check, as a generated check and in the JSON Schemas, under one name. */
export const formats = ['absolute-url', 'compact-jws'] as const;
export type Format = (typeof formats)[number];

/** Everything a generated file can say about a value. What does not fit in here is refused. */
export type Shape =
  | { readonly kind: 'string'; readonly format?: Format }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'array'; readonly element: { readonly kind: 'string' } }
  | ObjectShape;

export interface ObjectShape {
  readonly kind: 'object';
  /** Interface name; an object without one has no known members. */
  readonly name?: string;
  readonly description?: string;
  readonly members: readonly Member[];
}

export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
  readonly info: MemberInfo;
}

export interface DocumentModel {
  readonly id: string;
  readonly file: string;
  readonly camelCase: boolean;
  readonly family?: string;
  readonly root: NamedObject;
}

export type NamedObject = ObjectShape & { readonly name: string };

/** The named objects inside a shape, innermost first, the shape itself last. */
export function namedObjects(shape: Shape): readonly NamedObject[] {
  switch (shape.kind) {
    case 'object': {
      const inner = shape.members.flatMap((member) => namedObjects(member.shape));
      return shape.name === undefined ? inner : [...inner, { ...shape, name: shape.name }];
    }
    case 'array':
    case 'string':
    case 'boolean':
      return [];
  }
}

/** The section of a standard that a document is from: that of its first required member. */
export const sourceOf = ({ members }: NamedObject) =>
  (members.find(({ required }) => required) ?? members[0])?.info.source ?? '';
