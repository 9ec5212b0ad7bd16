import type { MarkdownRenderer } from 'vitepress';

type State = Parameters<Parameters<MarkdownRenderer['core']['ruler']['push']>[1]>[0];
type Token = State['tokens'][number];

/** Between marks that only the site sees, bold labels over blocks of code become tabs. Everywhere else they are read as they are. */
export function addTabs(md: MarkdownRenderer): void {
  md.core.ruler.after('block', 'site-tabs', (state) => {
    const tokens: Token[] = [];
    let label: string | undefined;
    let isGroup = false;
    for (let index = 0; index < state.tokens.length; index++) {
      const token = state.tokens[index];
      if (token === undefined) break;
      const mark = /^<!-- (\/?tabs) -->\s*$/.exec(token.type === 'html_block' ? token.content : '')?.[1];
      if (mark !== undefined) {
        isGroup = mark === 'tabs';
        tokens.push(createMark(state, isGroup));
      } else if (!isGroup) tokens.push(token);
      else if (token.type === 'paragraph_open') {
        label = readLabel(state.tokens[index + 1]) ?? fail(state, state.tokens[index + 1]?.content);
        index += 2;
      } else if (token.type === 'fence') {
        // VitePress names tabs so
        token.info = `${token.info} [${label ?? fail(state, token.info)}]`;
        label = undefined;
        tokens.push(token);
      } else if (token.type !== 'html_block') fail(state, token.content);
    }
    if (isGroup) fail(state, 'no end');
    state.tokens = tokens;
  });
}

function createMark(state: State, opens: boolean): Token {
  const token = new state.Token(`container_code-group_${opens ? 'open' : 'close'}`, 'div', opens ? 1 : -1);
  token.block = true;
  return token;
}

function readLabel(inline: Token | undefined): string | undefined {
  return /^\*\*([^*]+)\*\*$/.exec(inline?.content ?? '')?.[1];
}

function fail(state: State, found = ''): never {
  const { relativePath = 'a page' } = state.env as { relativePath?: string };
  throw new Error(`Tabs of ${relativePath} want a **Label** over each block of code, and have: ${found}`);
}
