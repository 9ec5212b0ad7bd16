import { DevIssuerError } from './errors.js';

/** @throws {DevIssuerError} `production` */
export function refuseProduction(): void {
  if (process.env['NODE_ENV'] === 'production')
    throw new DevIssuerError(
      'production',
      'This is a practice issuer, which asks nobody for a password, and NODE_ENV is production: use a real authorization server there.',
    );
}
