/** For programs of others that do not run on Node.js 20. It comes as a package, next to them. */
export const newerNodeVersion = '22.23.3';
