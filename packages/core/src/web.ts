export { toResponse } from './web/to-response.js';
export { WebRequestHead } from './web/web-request-head.js';
