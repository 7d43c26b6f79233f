/** The page's only style. Its colours have a contrast of 4.5 to 1 or more in light and in dark. */
export const STYLE = `
:root { color-scheme: light dark; --back: #fff; --box: #f1f4f8; --text: #1b1f24; --soft: #4a5361; --line: #75808f; --link: #0b57b0; --note: #7a4100; --deny: #a3162a; }
@media (prefers-color-scheme: dark) {
  :root { --back: #14181d; --box: #222932; --text: #e7ebf0; --soft: #b3bdca; --line: #8592a3; --link: #8ec2ff; --note: #f3b562; --deny: #ff9aa6; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 92rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin-top: 2rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
[hidden] { display: none !important; }
label { font-weight: 600; display: block; }
input { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 4px; padding: .4rem .6rem; width: 100%; max-width: 32rem; }
.scroll { overflow: auto; border: 1px solid var(--line); border-radius: 4px; }
#picture { max-height: 36rem; }
table { border-collapse: collapse; width: 100%; min-width: 44rem; }
caption { text-align: left; padding: .5rem .75rem; color: var(--soft); }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th[scope=row] { font-weight: 600; width: 26%; }
th p { margin: .25rem 0 0; font-weight: 400; color: var(--soft); }
th p.note, .note { color: var(--note); }
tr:target, tr:focus { outline: 3px solid var(--link); outline-offset: -3px; }
ul { margin: 0; padding-left: 1.1rem; }
code { font-family: ui-monospace, monospace; font-size: .92em; }
svg { display: block; font-size: 13px; }
svg text { fill: var(--text); }
svg .column, svg .detail { fill: var(--soft); }
svg .column { font-weight: 600; font-size: 14px; }
.node rect { fill: var(--box); stroke: var(--line); }
.node.denied rect { stroke: var(--deny); stroke-dasharray: 6 4; }
.node.denied .detail { fill: var(--deny); font-weight: 600; }
.node:focus-visible { outline: none; }
.node:focus-visible rect { stroke: var(--link); stroke-width: 4; stroke-dasharray: none; }
.node:hover text:first-of-type { text-decoration: underline; }
.edge { fill: none; stroke: var(--line); stroke-width: 1.25; }
.edge.denied { stroke: var(--deny); stroke-dasharray: 6 4; }
.edge.of { stroke: var(--link); stroke-width: 3; }
@media print { .search, .skip { display: none; } .scroll { overflow: visible; max-height: none !important; } }
`;
