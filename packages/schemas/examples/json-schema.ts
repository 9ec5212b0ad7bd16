import { jsonSchemaFormats } from '@mcp-auth/schemas';
import schema from '@mcp-auth/schemas/json-schema/protected-resource-metadata.json' with { type: 'json' };
import { Ajv2020 } from 'ajv/dist/2020.js';

const validate = new Ajv2020({ formats: jsonSchemaFormats }).compile(schema);

console.log(validate({ resource: 'https://notes.example/mcp', x_vendor: true })); // true
console.log(validate({ resource: 'notes' })); // false
console.log(validate.errors?.[0]?.instancePath); // /resource
