/** For whatever else tells about a run: its drawing and its messages. */
export { drawPage } from './page/draw-page.js';
export { drawSequence } from './page/draw-sequence.js';
export { formatExchange, formatRequest, formatResponse } from './page/format-http.js';
export { escapeText } from './page/markup.js';
