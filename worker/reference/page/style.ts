/** The look of the page, which follows the system. Text keeps 4.5:1 to what it stands on. */
export const style = `
:root {
  color-scheme: light dark;
  --surface: #fff; --sunken: #f5f6f8; --ink: #1a1d23; --muted: #5a6170;
  --line: #e3e6eb; --link: #1f57d6; --code: #eef0f4;
  --get: #11703c; --post: #1f57d6; --put: #855400; --patch: #7a3db8; --delete: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: #17191d; --sunken: #101215; --ink: #eceef1; --muted: #a3a9b4;
    --line: #2c3037; --link: #84aaff; --code: #24272d;
    --get: #63d297; --post: #84aaff; --put: #efbe52; --patch: #cfa2f5; --delete: #ff938a;
  }
}
*, ::before, ::after { box-sizing: border-box }
html { scroll-padding-top: 5rem; -webkit-text-size-adjust: 100% }
body {
  margin: 0; background: var(--surface); color: var(--ink); line-height: 1.55;
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
code, .method, .status, .media-type, dt {
  font-family: ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, monospace;
}
a { color: var(--link); text-underline-offset: 2px }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px }
h1, h2, h3, h4, p, ul, dl, dd { margin: 0 }
ul { padding: 0; list-style: none }
[hidden] { display: none !important }
.skip { position: absolute; left: -999px }
.skip:focus { left: 1rem; top: 1rem; background: var(--surface); padding: .5rem 1rem; z-index: 2 }

.page { max-width: 84rem; margin: 0 auto }
nav { padding: 1rem 1.25rem; border-bottom: 1px solid var(--line); font-size: .875rem }
nav > ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem }
nav ul ul { display: none }
nav a { color: var(--muted); text-decoration: none }
nav a:hover { color: var(--ink); text-decoration: underline }
main { padding: 1.5rem 1.25rem 6rem; min-width: 0 }
main:focus { outline: none }
header { display: grid; gap: .75rem; max-width: 46rem }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.01em }
.version { font-size: .875rem; font-weight: 500; color: var(--muted); letter-spacing: 0 }
.lead { font-size: 1.125rem; color: var(--muted) }
:not(pre) > code { overflow-wrap: anywhere }
p code, dd code, .note code {
  background: var(--code); border-radius: 4px; padding: .1em .3em; font-size: .875em;
}

.filter {
  position: sticky; top: 0; z-index: 1; display: flex; align-items: center; gap: .75rem;
  margin: 1.5rem -1.25rem 0; padding: .75rem 1.25rem;
  background: var(--surface); border-bottom: 1px solid var(--line);
}
.filter label { font-size: .875rem; font-weight: 600 }
.filter input {
  flex: 1; min-width: 0; max-width: 26rem; font: inherit; font-size: 1rem; color: inherit;
  padding: .45rem .75rem; border: 1px solid #878e9b; border-radius: .5rem; background: var(--surface);
}
.filter ::placeholder { color: var(--muted); opacity: 1 }
#count { font-size: .875rem; color: var(--muted); white-space: nowrap }

section { padding-top: 2.5rem }
h2 { font-size: 1.375rem; line-height: 1.3; letter-spacing: -.01em }
section > p { color: var(--muted); max-width: 46rem; margin: .35rem 0 1rem }

details.operation, details.schema {
  border: 1px solid var(--line); border-radius: .75rem; margin-top: .5rem; background: var(--surface);
}
summary { cursor: pointer; list-style: none }
summary::-webkit-details-marker { display: none }
.operation > summary {
  display: grid; grid-template-columns: 1fr auto; gap: .15rem 1rem; align-items: baseline;
  padding: .7rem 1rem; border-radius: .75rem;
}
.operation > summary:hover, .schema > summary:hover { background: var(--sunken) }
.operation[open] > summary, .schema[open] > summary {
  border-bottom: 1px solid var(--line); border-radius: .75rem .75rem 0 0;
}
h3 { font-size: .9375rem; font-weight: 600; display: flex; align-items: baseline; gap: .6rem; min-width: 0 }
h3 code { min-width: 0 }
.summary { grid-column: 1 / -1; color: var(--muted); font-size: .9375rem }
.callers {
  font-size: .75rem; color: var(--muted); border: 1px solid var(--line); border-radius: 1rem;
  padding: .05rem .6rem; white-space: nowrap;
}
.method { font-size: .75rem; font-weight: 700; flex: none; min-width: 3.4rem; color: var(--muted) }
.get { color: var(--get) } .post { color: var(--post) } .put { color: var(--put) }
.patch { color: var(--patch) } .delete { color: var(--delete) }
.schema > summary { padding: .5rem 1rem; border-radius: .75rem }

.inside { padding: 1rem; display: grid; gap: .5rem; font-size: .9375rem; min-width: 0 }
.inside > * { min-width: 0 }
.inside p { max-width: 46rem }
h4 { font-size: .8125rem; font-weight: 700; margin-top: .75rem }
.status { font-size: .8125rem; font-weight: 600; color: var(--muted) }
.content { border-left: 2px solid var(--line); padding-left: .9rem }
.content > .fields { margin-top: .35rem }
.content + .content { margin-top: .75rem }
.media-type { font-size: .8125rem; color: var(--muted) }
.type { color: var(--muted); font-size: .875rem }
.fields { display: grid; border-top: 1px solid var(--line) }
.fields li { border-bottom: 1px solid var(--line); padding: .35rem 0; overflow-wrap: anywhere }
.fields .fields { border-top: 0; margin-left: 1rem }
.fields .fields > li:last-child { border-bottom: 0 }
.name { font-size: .875rem; font-weight: 600; margin-right: .6rem }
.optional, .place { font-size: .75rem; color: var(--muted) }
.optional { margin-right: .6rem } .place { margin-left: .6rem }
li > .note { display: block; color: var(--muted); font-size: .875rem }
li > details > summary::before, .refusals > summary::before { content: '▸'; display: inline-block; width: 1rem; color: var(--muted) }
li > details[open] > summary::before, .refusals[open] > summary::before { content: '▾' }
.fields > li:not(:has(> details)) { padding-left: 1rem }
.form { margin-top: .6rem }
.form-name { font-size: .875rem; font-weight: 600 }
.refusals { margin-top: .75rem }
.refusals > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .35rem }
.refusals h4 { margin: 0 .25rem 0 -.35rem }
.refusals dl { margin-top: .35rem }
.access { margin-top: 1rem }
.refusals dl > div, .access > div {
  display: grid; grid-template-columns: 3.4rem 1fr; gap: .75rem; padding: .35rem 0;
  border-top: 1px solid var(--line);
}
.access > div { grid-template-columns: minmax(9rem, 15rem) 1fr }
dt { font-size: .8125rem; font-weight: 600; color: var(--muted); line-height: 1.7 }
dd { min-width: 0; font-size: .875rem }

@media (min-width: 64rem) {
  .page { display: grid; grid-template-columns: 19rem minmax(0, 1fr) }
  nav {
    position: sticky; top: 0; height: 100vh; overflow-y: auto;
    border: 0; border-right: 1px solid var(--line); padding: 1.5rem 1rem 3rem;
  }
  nav > ul { display: grid; gap: 1.25rem }
  nav > ul > li > a { font-weight: 650; color: var(--ink) }
  nav ul ul { display: grid; gap: .1rem; margin-top: .35rem }
  nav li li a { display: flex; gap: .4rem; padding: .15rem 0; font-size: .8125rem }
  nav li li span:last-child { min-width: 0; overflow-wrap: anywhere }
  nav .method { font-size: .625rem; min-width: 2.9rem; line-height: 1.9 }
  main { padding: 2.5rem 3rem 8rem }
  .filter { margin-inline: -3rem; padding-inline: 3rem }
}
@media (max-width: 40rem) {
  .operation > summary { grid-template-columns: 1fr }
  .callers { justify-self: start; order: 3; margin-top: .25rem }
  .access > div { grid-template-columns: 1fr; gap: 0 }
  h3 { flex-wrap: wrap; gap: 0 .6rem }
  h3 code { flex-basis: 100% }
}
`
