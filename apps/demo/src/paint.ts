import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Gives text a colour, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export function createPaint(colours: boolean): Paint {
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}

/**
 * Whether an output shows colours: a terminal does, unless its user says otherwise; a file or a pipe does when it is told to.
 *
 * @see https://no-color.org
 * @see https://force-color.org
 */
export function showsColours(
  isTerminal: boolean,
  { NO_COLOR, FORCE_COLOR, TERM }: Readonly<Record<string, string | undefined>>,
): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return isTerminal && TERM !== 'dumb';
}
