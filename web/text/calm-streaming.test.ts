import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Enrichment } from './enrichment.ts'
import { heldBack } from './hold-back.ts'
import { MarkdownDocument } from './markdown-document.ts'
import type { Block, Root } from './markdown-tree.ts'

const folder = new URL('../../../shared/fixtures/markdown/', import.meta.url)
const isHere = existsSync(folder)
if (!isHere) console.warn('Skipped: the recorded answers are not at ../shared/fixtures.')

function cases<Case>(file: string): Case[] {
  if (!isHere) return []
  return (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { cases: Case[] }).cases
}

const enrichment = new Enrichment(() => {})

/** Links lead anywhere here, so that a tree holds every address. */
const anywhere = (href: string) => ({ href, host: '' })

function read(text: string, growing = false): Root {
  const document = new MarkdownDocument(enrichment, anywhere)
  document.append(text)
  document.update(!growing)
  return document.root
}

describe.skipIf(!isHere)('recorded answers, arriving', () => {
  const answers = cases<{ case: string; markdown: string }>('llm-outputs.json')

  it('never show a block as one thing and then as another', () => {
    const changes = answers
      .filter(({ markdown }) => markdown.length < 900)
      .slice(0, 30)
      .flatMap(({ case: name, markdown }) => changesOfKind(markdown).map((one) => [name, ...one]))
    expect(changes).toEqual([])
  })

  it('have, when whole, the tree of the whole text, wherever they were cut', () => {
    for (const { markdown } of answers) {
      const document = new MarkdownDocument(enrichment, anywhere)
      for (const piece of pieces(markdown)) {
        document.append(piece)
        document.update(false)
      }
      document.update(true)
      expect(document.root).toEqual(read(markdown))
    }
  })

  it('show every word of what is unfinished, unless it is kept back', () => {
    const lost = cases<{ input: string }>('streaming-remend.json').flatMap(({ input }) => {
      if (heldBack(input) > 0 || input.includes('&amp;')) return []
      const tree = JSON.stringify(read(input, true))
      const words = input.match(/\p{L}{3,}/gu) ?? []
      return words.filter((word) => !tree.includes(word)).map((word) => [word, input])
    })
    expect(lost).toEqual([])
  })
})

/** Each time a block of `text`, arriving by characters, changed its kind or went away. */
function changesOfKind(text: string): string[][] {
  const changes: string[][] = []
  const document = new MarkdownDocument(enrichment, anywhere)
  let before = new Map<string, string>()
  for (let end = 1; end <= text.length; end++) {
    document.append(text[end - 1] ?? '')
    document.update(false)
    const now = kinds(document.root.children, '')
    for (const [place, kind] of before) {
      if (now.get(place) !== kind)
        changes.push([kind, now.get(place) ?? 'gone', text.slice(0, end)])
    }
    before = now
  }
  return changes
}

function kinds(blocks: readonly Block[], place: string, found = new Map<string, string>()) {
  blocks.forEach((block, index) => {
    const here = `${place}/${index}`
    found.set(here, block.type)
    if (block.type === 'list' || block.type === 'item' || block.type === 'quote') {
      kinds(block.children, here, found)
    }
  })
  return found
}

/** Cuts of many sizes, the same in every run. */
function* pieces(text: string): Generator<string> {
  for (let start = 0, seed = text.length; start < text.length;) {
    seed = (seed * 48_271) % 2_147_483_647
    const size = 1 + (seed % 60)
    yield text.slice(start, start + size)
    start += size
  }
}
