/** Between brackets, how much is worth reading; more stands as `…`. */
const limits = { '<': 24, '{': 100, '[': 100 };
const closing = { '<': '>', '{': '}', '[': ']', '(': ')' };

const maxSignature = 280;
const maxSentence = 240;

/**
 * What a compiler says of a name, on few lines: without where it is imported from, and without long arguments of types.
 *
 * @param {string} signature
 */
export function shortenSignature(signature) {
  const lines = signature.split('\n').filter((line) => !/^(?:import |\(alias\) namespace )/.test(line));
  const text = lines
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^\(alias\) /, '');
  return cut(shortenBrackets(text), maxSignature);
}

function shortenBrackets(text) {
  /** @type {{ open: string, text: string }[]} */
  const stack = [{ open: '', text: '' }];
  for (const [token] of text.matchAll(/=>|"(?:[^"\\]|\\.)*"|[\s\S]/g)) {
    const top = stack.at(-1);
    if (token in closing) stack.push({ open: token, text: '' });
    else if (stack.length > 1 && token === closing[top.open]) {
      stack.pop();
      stack.at(-1).text += closeBracket(top);
    } else top.text += token;
  }
  return stack.map(({ open, text: rest }) => open + rest).join('');
}

function closeBracket({ open, text }) {
  const isShort = text.length <= (limits[open] ?? Infinity) && !/^ ?\.\.\.;? ?$/.test(text);
  const inner = isShort ? text : open === '{' ? ' … ' : '…';
  return open + inner + closing[open];
}

/**
 * The first sentence of a doc comment, as plain text; backticks stay.
 *
 * @param {string} documentation
 */
export function firstSentence(documentation) {
  const [paragraph = ''] = documentation.trim().split(/\n\s*\n|\n```/);
  const text = paragraph.replaceAll(/\s+/g, ' ').replaceAll(/\[([^\]]+)\]\([^)]*\)|\*\*/g, '$1');
  const sentence = /^.*?(?<!\be\.g|\bi\.e)[.!?](?= [A-Z`]|$)/.exec(text)?.[0] ?? text;
  return cut(sentence, maxSentence);
}

function cut(text, length) {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\s,;:]+$/, '')}…`;
}
