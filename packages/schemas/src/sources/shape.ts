import * as z from 'zod';

/** What generated code calls an object that has known members. */
export interface ShapeInfo {
  /** Name of the interface. */
  readonly name: string;
  readonly description: string;
}

/** Names of object schemas by schema instance. */
export const shapeInfo: z.core.$ZodRegistry<ShapeInfo> = z.registry<ShapeInfo>();

/** An object with known members; unknown ones are legal, as every document standard here demands. */
export function shapeOf<S extends z.ZodRawShape>(name: string, description: string, shape: S) {
  const schema = z.looseObject(shape).describe(description);
  shapeInfo.add(schema, { name, description });
  return schema;
}
