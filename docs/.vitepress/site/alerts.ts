import type { MarkdownRenderer } from 'vitepress';

/** An alert whose first paragraph is bold and nothing else has this as its title: code hosts know no titles of alerts. */
export function addAlertTitles(md: MarkdownRenderer): void {
  md.core.ruler.after('github-alerts', 'site-alert-titles', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'github_alert_open') continue;
      const title = /^\*\*([^*]+)\*\*$/.exec(tokens[index + 2]?.content ?? '')?.[1];
      if (title === undefined) continue;
      (token.meta as { title: string }).title = md.utils.escapeHtml(title);
      tokens.splice(index + 1, 3);
    }
  });
}
