import { MCPAuthConfigError } from '../errors/config-error.js';
import { table } from './check-options.js';
import { kind, type Kind } from './kinds.js';

/** RFC 9110 §5.5, in ASCII, as `fetch` takes it. */
const headerValue = kind<string>(
  'a header value: printable ASCII, without line breaks. Trim what was read from a file',
  (value) => typeof value === 'string' && /^(?:[!-~](?:[ \t!-~]*[!-~])?)?$/.test(value),
);

const values = table(headerValue);

/** Request headers: names as RFC 9110 §5.1 has them. Values are never shown, they may be secrets. */
export const headers: Kind<Readonly<Record<string, string>>> = {
  ...values,
  inside: (value, path) => {
    const wrong = Object.keys(value as object).find((name) => !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name));
    if (wrong !== undefined)
      throw new MCPAuthConfigError(
        'invalid_option',
        path,
        'has a name that is not one of a header (RFC 9110 §5.1).',
      );
    values.inside?.(value, path);
  },
};
