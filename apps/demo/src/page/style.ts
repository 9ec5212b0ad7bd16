/** Of the page alone: nothing is fetched, and both colour schemes have enough contrast. */
export const style = `
:root { color-scheme: light dark; --ground: #fff; --text: #1f2328; --quiet: #57606a; --line: #d0d7de; --box: #f6f8fa;
  --good: #1a7f37; --bad: #cf222e; --link: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0d1117; --text: #f0f6fc; --quiet: #9198a1; --line: #3d444d; --box: #151b23;
    --good: #3fb950; --bad: #ff7b72; --link: #79c0ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; font-size: 1.3rem; }
h3 { margin: 2rem 0 .5rem; font-size: 1rem; }
.quiet { color: var(--quiet); }
.drawing { overflow-x: auto; }
svg text { font-size: 12px; fill: currentColor; text-anchor: middle; }
svg .participant { font-size: 13px; font-weight: 600; }
svg .message { paint-order: stroke; stroke: var(--ground); stroke-width: 4px; }
svg line { stroke: currentColor; stroke-width: 1.5; }
svg .lifeline { stroke-width: 1; opacity: .35; }
svg .response { stroke-dasharray: 5 4; }
svg polygon { fill: currentColor; }
svg a { color: inherit; text-decoration: none; }
svg a:hover text, svg a:focus-visible text { text-decoration: underline; }
svg line.refused { stroke: var(--bad); }
svg polygon.refused, svg text.refused { fill: var(--bad); }
details { margin: .5rem 0; border: 1px solid var(--line); border-radius: 6px; }
summary { padding: .5rem .75rem; cursor: pointer; }
summary code { display: block; color: var(--quiet); overflow-wrap: anywhere; }
.status { float: right; font-weight: 600; color: var(--good); }
.refused > summary .status, .failed { color: var(--bad); }
.messages { padding: 0 .75rem .75rem; }
:target { outline: 2px solid var(--link); outline-offset: 2px; }
pre { margin: .5rem 0; border-radius: 6px; padding: .75rem; background: var(--box); overflow-x: auto;
  white-space: pre-wrap; overflow-wrap: anywhere; font: .85rem/1.45 ui-monospace, monospace; }
.decision { border-left: 4px solid var(--good); padding-left: .75rem; }
.refused .decision { border-color: var(--bad); }
.decision p { margin: .25rem 0; overflow-wrap: anywhere; }
`;
