import { isAbsoluteUrl } from './absolute-url.js';

/**
 * The formats named in the JSON Schemas, for validators that let formats be added, such as `ajv.addFormat`.
 *
 * Without them the patterns next to the formats still hold; what is lost is the test by a URL parser, for instance a
 * port out of range.
 */
export const jsonSchemaFormats: Readonly<Record<'absolute-url', (value: string) => boolean>> = {
  'absolute-url': isAbsoluteUrl,
};
