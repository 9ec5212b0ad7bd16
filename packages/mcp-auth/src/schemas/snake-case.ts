/**
 * The same value with every member's name, at any depth, in snake_case: `vendorMember` is `vendor_member`.
 *
 * A name that is in snake_case stays as it is.
 */
export function toSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toSnakeCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [toSnakeName(name), toSnakeCase(member)]),
  );
}

/** The snake_case spelling of a camelCase name. */
export function toSnakeName(name: string): string {
  return name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}
