/** The scope check of a route, for subjects that leave it to the application. Throws where the scope is missing. */
export function requireScope({ scope: granted }, needed) {
  if (typeof granted !== 'string' || !granted.split(' ').includes(needed)) {
    throw Object.assign(new Error('insufficient_scope'), { statusCode: 403 });
  }
}
