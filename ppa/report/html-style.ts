/** How the page looks: one column of text, tables that scroll within themselves, light and dark as the reader's system is. */
export const pageStyle = `
:root {
  --paper: #ffffff;
  --ink: #1f2328;
  --quiet: #59636e;
  --line: #d1d9e0;
  --raised: #f6f8fa;
  --accent: #1f6fb2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1318;
    --ink: #e3e8ee;
    --quiet: #9aa5b1;
    --line: #343c46;
    --raised: #181d24;
    --accent: #74b4ea;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
}
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
p, li { max-width: 72ch; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 0.5rem; letter-spacing: -0.01em; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 3rem 0 0.75rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
a { color: var(--accent); }
code { font: 0.875em ui-monospace, "SF Mono", Consolas, monospace; overflow-wrap: anywhere; }
nav ul { columns: 2 20rem; padding: 0; margin: 1.5rem 0 0; list-style: none; }
nav li { margin: 0.15rem 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 0.75rem; margin: 1.5rem 0 0; }
.figures div { background: var(--raised); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.9rem 1rem; }
.figures dt { font-weight: 600; font-size: 0.92rem; }
.figures dd { margin: 0; color: var(--quiet); font-size: 0.86rem; }
.figures .value { color: var(--ink); font-size: 2rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.figures small { font-size: 0.86rem; color: var(--quiet); }
.figures ul { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0.4rem 0 0; padding: 0; list-style: none; }
.figures b { color: var(--ink); font-weight: 500; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin: 1rem 0; }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; font-size: 0.88rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.35rem 0.75rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
thead th, thead td { vertical-align: bottom; border-bottom: 2px solid var(--line); white-space: normal; }
th:first-child { text-align: left; padding-left: 0; }
tbody th { font-weight: 500; }
tbody tr:hover { background: var(--raised); }
td.words, th.words { text-align: left; white-space: normal; vertical-align: top; }
figure { margin: 1.5rem 0; }
figure .scroll { margin: 0; }
figure svg { display: block; min-width: 32rem; max-width: 46rem; width: 100%; height: auto; }
figcaption { color: var(--quiet); font-size: 0.88rem; max-width: 72ch; margin-top: 0.5rem; }
details { margin: 0.75rem 0; border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.5rem 0.9rem; }
summary { cursor: pointer; font-weight: 500; }
@media print { details { border: 0; } .scroll { overflow: visible; } }
`;
