/** VitePress decodes what stands behind the `#`, and looks for it in a selector: what can be neither stops its menus. */
export function dropBrokenHash(): void {
  if (import.meta.env.SSR || isUsable(location.hash)) return;
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
}

function isUsable(hash: string): boolean {
  try {
    return !/["\\]/.test(decodeURIComponent(hash));
  } catch {
    return false;
  }
}
