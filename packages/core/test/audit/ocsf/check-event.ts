import { readFileSync } from 'node:fs';

interface Attribute {
  readonly requirement: 'required' | 'recommended' | 'optional';
  readonly type?: string;
  readonly object?: string;
  readonly array?: boolean;
  readonly profile?: string;
  /** With their names, or alone. */
  readonly enum?: Readonly<Record<string, string>> | readonly number[];
}

interface Shape {
  readonly any?: true;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly constraints: Readonly<Record<string, readonly string[]>>;
}

interface Schema {
  readonly classes: Readonly<Record<string, Shape & { readonly class_uid: number }>>;
  readonly objects: Readonly<Record<string, Shape>>;
  readonly types: Readonly<Record<string, { readonly type?: string; readonly regex?: string }>>;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

const schema = read('schema.json') as Schema;

/** Events of which is known whether they are right. */
export const { examples } = read('examples.json') as {
  readonly examples: readonly { readonly id: string; readonly valid: boolean; readonly event: OcsfObject }[];
};

type OcsfObject = Readonly<Record<string, unknown>>;

/** What is wrong with an event, by the schema of OCSF 1.8.0; nothing where it is right. */
export function checkEvent(event: OcsfObject): string[] {
  const shape = Object.values(schema.classes).find(({ class_uid: uid }) => uid === event['class_uid']);
  if (shape === undefined) return [`class_uid ${String(event['class_uid'])} is not known`];
  const { profiles = [] } = (event['metadata'] ?? {}) as { readonly profiles?: readonly string[] };
  const type = Number(event['class_uid']) * 100 + Number(event['activity_id']);
  return [
    ...(event['type_uid'] === type ? [] : [`type_uid is not ${type}`]),
    ...checkObject(event, shape, '', profiles),
  ];
}

function checkObject(object: OcsfObject, shape: Shape, path: string, profiles: readonly string[]): string[] {
  const { attributes, constraints } = shape;
  const isThere = (name: string) => object[name] !== undefined;
  const absent = Object.entries(attributes)
    .filter(([name, { requirement, profile }]) => {
      const counts = profile === undefined || profiles.includes(profile);
      return requirement === 'required' && counts && !isThere(name);
    })
    .map(([name]) => `${path}${name} is absent`);
  const unmet = Object.entries(constraints)
    .filter(([kind, names]) => {
      const count = names.filter(isThere).length;
      return kind === 'just_one' ? count !== 1 : count === 0;
    })
    .map(([kind, names]) => `${path}: ${kind} of ${names.join(', ')}`);
  const inside = Object.entries(object).flatMap(([name, value]) => {
    const attribute = attributes[name];
    const counts = attribute?.profile === undefined || profiles.includes(attribute.profile);
    if (attribute === undefined || !counts) return [`${path}${name} is no member`];
    const values = attribute.array === true ? value : [value];
    if (!Array.isArray(values)) return [`${path}${name} is no list`];
    return values.flatMap((each) => checkValue(each, attribute, `${path}${name}`, profiles));
  });
  return [...absent, ...unmet, ...inside];
}

function checkValue(
  value: unknown,
  attribute: Attribute,
  path: string,
  profiles: readonly string[],
): string[] {
  if (attribute.object !== undefined || attribute.type === 'object' || attribute.type === undefined) {
    if (typeof value !== 'object' || value === null) return [`${path} is no object`];
    const shape = schema.objects[attribute.object ?? ''];
    // `unmapped` takes anything
    return shape === undefined || shape.any === true
      ? []
      : checkObject(value as OcsfObject, shape, `${path}.`, profiles);
  }
  if (attribute.enum !== undefined && !keysOf(attribute.enum).includes(String(value))) {
    return [`${path}: ${String(value)} is not defined`];
  }
  return hasType(value, attribute.type) ? [] : [`${path} is no ${attribute.type}`];
}

function keysOf(allowed: NonNullable<Attribute['enum']>): string[] {
  return Array.isArray(allowed) ? allowed.map(String) : Object.keys(allowed);
}

function hasType(value: unknown, name: string): boolean {
  const { type, regex } = schema.types[name] ?? {};
  switch (name) {
    case 'string_t':
      return typeof value === 'string';
    case 'integer_t':
    case 'long_t':
      return Number.isSafeInteger(value);
    case 'boolean_t':
      return typeof value === 'boolean';
    case 'json_t':
      return true;
    default:
      if (type === undefined) throw new TypeError(`${name} is no type`);
      return hasType(value, type) && (regex === undefined || new RegExp(regex).test(String(value)));
  }
}
