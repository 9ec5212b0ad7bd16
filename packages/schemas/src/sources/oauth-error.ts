import { text } from './member.js';
import { shapeOf } from './shape.js';

const source = 'RFC 6749 section 5.2';

/**
 * The body of an error answer of an authorization server.
 *
 * @see RFC 6749 section 5.2
 */
export const oauthErrorSchema = shapeOf(
  'OAuthErrorBody',
  'Error answer of an authorization server (RFC 6749).',
  {
    error: text({ source, level: 'required', description: 'Registered error code.' }),
    error_description: text({ source, level: 'optional', description: 'Explanation for developers.' }),
    error_uri: text({ source, level: 'optional', description: 'Page about the error.' }),
  },
);
