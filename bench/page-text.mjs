/**
 * What streaming one answer of 20,000 tokens costs the page's main thread: `node bench/page-text.mjs
 * [rounds]`. Builds a page with the text components alone, streams the answer at 60 updates a second
 * in Chromium at 1× and 4× slowdown, and prints times, dropped frames, long tasks and sizes, each
 * beside the floor: the same text as plain paragraphs.
 */
import { createServer } from 'node:http'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import tailwindcss from '@tailwindcss/vite'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { katexWoff2 } from '../web/text/katex-woff2.ts'

const rounds = Number(process.argv[2] ?? 3)
const port = Number(process.env.PORT ?? 9120)
const outDir = mkdtempSync(join(tmpdir(), 'page-text-'))

await build({
  root: join(import.meta.dirname, 'page-text'),
  plugins: [react(), tailwindcss(), katexWoff2()],
  worker: { format: 'es' },
  logLevel: 'warn',
  configFile: false,
  build: { outDir, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
printSizes(join(outDir, 'assets'))

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const server = createServer(({ url }, response) => {
  const { pathname } = new URL(url ?? '/', 'http://x')
  const file = join(outDir, pathname === '/' ? 'index.html' : pathname)
  if (!existsSync(file)) return response.writeHead(404).end()
  const type = types[extname(file)] ?? 'application/octet-stream'
  response.writeHead(200, { 'content-type': type }).end(readFileSync(file))
}).listen(port)

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
})
for (const slowdown of [1, 4]) {
  for (let round = 0; round < rounds; round++) {
    console.log(`${slowdown}× plain text`, await run(slowdown, '?floor'))
    console.log(`${slowdown}× Markdown  `, await run(slowdown, ''))
  }
}
await browser.close()
server.close()
rmSync(outDir, { recursive: true })

async function run(slowdown, search) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(`http://127.0.0.1:${port}/${search}`)
  await page.waitForFunction(() => 'begin' in window)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await metrics(cdp)
  await page.evaluate(() => window.begin())
  await page.waitForFunction(() => 'benchResult' in window, null, { timeout: 60_000 })
  const after = await metrics(cdp)
  const result = await page.evaluate(() => window.benchResult)
  await page.close()
  const spent = (name) => Math.round((after[name] - before[name]) * 1000)
  return JSON.stringify({
    mainThreadMs: spent('TaskDuration'),
    scriptMs: spent('ScriptDuration'),
    layoutMs: spent('LayoutDuration'),
    styleMs: spent('RecalcStyleDuration'),
    ...result,
  })
}

async function metrics(cdp) {
  const { metrics: list } = await cdp.send('Performance.getMetrics')
  return Object.fromEntries(list.map(({ name, value }) => [name, value]))
}

function printSizes(folder) {
  for (const name of readdirSync(folder).sort()) {
    if (!/\.(?:js|css)$/.test(name)) continue
    const bytes = readFileSync(join(folder, name))
    console.log(`${String(gzipSync(bytes).length).padStart(8)} B gzip  ${name}`)
  }
}
