import { changed, same, type Row } from '../support/row.js';
import { resource, type Package, type World } from '../support/world.js';

/** Codes that callers without TypeScript may come up with; some are names that every object inherits. */
const strange = ['something', '', 'toString', 'constructor', '__proto__', 'hasOwnProperty', undefined];

const create = (pkg: Package, code: unknown) => [
  new pkg.MCPAuthAuthServerError(code as never),
  new pkg.MCPAuthBearerAuthError(code as never),
  new pkg.MCPAuthTokenVerificationError(code as never),
];

/** Whether a text is a sentence, and not the source of a function or what an object prints as. */
const isSentence = (text: unknown) => typeof text === 'string' && /^[A-Z][\w ,:'-]+\.$/.test(text);

const thrown = (code: unknown) => async (world: World) => {
  const verify = () => {
    throw new world.pkg.MCPAuthBearerAuthError(code as never);
  };
  const app = await world.guard(world.protect().bearerAuth(verify, { resource, audience: resource }));
  const { status, error } = await app.call('opaque');
  return `${status} ${error}`;
};

export const errors: readonly Row[] = [
  same(
    'a text for a code that is unknown',
    ({ pkg }) => create(pkg, 'something').map(({ message }) => isSentence(message)),
    [true, true, true],
  ),
  changed(
    'a text for codes that are names of what every object has',
    'texts',
    ({ pkg }) =>
      strange.flatMap((code) => create(pkg, code)).filter(({ message }) => !isSentence(message)).length,
    [12, 0],
  ),
  same(
    'the code itself, whatever it is',
    ({ pkg }) => strange.flatMap((code) => create(pkg, code).map((error) => error.code as unknown)),
    strange.flatMap((code) => [code, code, code]),
  ),
  same(
    'such an error as JSON',
    ({ pkg }) => create(pkg, 'something').map((error) => Object.keys(error.toJson()).sort()),
    [
      ['error', 'errorDescription'],
      ['error', 'errorDescription'],
      ['error', 'errorDescription'],
    ],
  ),
  ...['something', 'toString', 'constructor', '__proto__'].map((code) =>
    changed(`the code ${code}, thrown by a verifier`, 'wire-codes', thrown(code), [
      `401 ${code}`,
      '401 invalid_token',
    ]),
  ),
];
