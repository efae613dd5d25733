import { cpus, totalmem } from 'node:os'
import { mkdirSync, writeFileSync } from 'node:fs'
import { table, type SectionReport } from './figures.ts'
import { pageSections } from './page/sections.ts'
import { watchOthers } from './process-usage.ts'
import { serverSections } from './server/sections.ts'

/**
 * `npm run bench` measures everything, `npm run bench -- server` the server alone, and
 * `npm run bench -- server k50 memory` only these sections of it. What is measured is printed and
 * kept under bench/results. Absolute times are the machine's: what counts is how a figure stands to
 * the floors measured beside it.
 */
const parts = { server: serverSections, page: pageSections }

const asked = process.argv.slice(2)
const known = new Set(Object.entries(parts).flatMap(([part, all]) => [part, ...Object.keys(all)]))
const unknown = asked.filter((name) => !known.has(name))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${[...known].join(', ')}`)
  process.exit(1)
}

const reports: SectionReport[] = []
for (const [part, sections] of Object.entries(parts)) {
  const named = Object.keys(sections).filter((name) => asked.includes(name))
  const isAsked = asked.length === 0 || asked.includes(part) || named.length > 0
  for (const [name, measure] of Object.entries(isAsked ? sections : {})) {
    if (named.length > 0 && !named.includes(name)) continue
    const startedAt = performance.now()
    console.log(`\n${part} ${name} …`)
    const othersShare = watchOthers()
    const figures = await measure()
    const seconds = Math.round((performance.now() - startedAt) / 1_000)
    const report = { name: `${part} ${name}`, seconds, othersShare: othersShare(), figures }
    reports.push(report)
    console.log(table(figures))
    console.log(`  (${seconds} s; other work took ${percent(report.othersShare)} of the machine)`)
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

const figures = reports.flatMap(({ figures }) => figures)
const missed = figures.filter(({ goal }) => goal && !goal.isMet)
if (reports.length > 1) console.log(`\n${table(figures)}`)
console.log(
  `\n${figures.filter(({ goal }) => goal?.isMet).length} goals met, ${missed.length} missed`,
)

const at = new Date().toISOString()
const machine = {
  cpu: cpus()[0]?.model,
  cpus: cpus().length,
  memoryMb: Math.round(totalmem() / 2 ** 20),
}
mkdirSync('bench/results', { recursive: true })
const file = `bench/results/${at.replaceAll(':', '-')}.json`
writeFileSync(file, JSON.stringify({ at, machine, node: process.version, reports }, null, 2))
console.log(file)
process.exit(0)
