import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Enrichment } from './enrichment.ts'
import { MarkdownDocument } from './markdown-document.ts'
import { codeText, type Block, type Inline, type List, type Root } from './markdown-tree.ts'

const folder = new URL('../../../shared/fixtures/markdown/', import.meta.url)
const isHere = existsSync(folder)
if (!isHere) console.warn('Skipped: the CommonMark and GFM corpora are not at ../shared/fixtures.')

interface Example {
  markdown: string
  html: string
  example: number
  section: string
}

/** Bare addresses, plain text to CommonMark and links to GFM: the corpora disagree. */
const bareAddresses = [
  'https://example.com\n',
  'http://example.com\n',
  'foo@bar.example.com\n',
  '< https://foo.bar >\n',
  '< http://foo.bar >\n',
  '<https://foo.bar/baz bim>\n',
  '<http://foo.bar/baz bim>\n',
]
/** What counts as an HTML comment, and which tags a page must not keep: here all HTML is text. */
const rawHtml = [
  'foo <!-- not a comment -- two hyphens -->\n',
  'foo <!--> foo -->\n\nfoo <!-- foo--->\n',
  '<strong> <title> <style> <em>\n\n<blockquote>\n  <xmp> is disallowed.  <XMP> is also disallowed.\n</blockquote>\n',
]

describe.skipIf(!isHere)('the specifications', () => {
  it('reads all of CommonMark 0.31.2, bare addresses aside', async () => {
    expect(await failures('commonmark-0.31.2.json', bareAddresses)).toEqual([])
  })

  it('reads all of GFM 0.29, bare addresses and raw HTML aside', async () => {
    expect(await failures('gfm-0.29.json', [...bareAddresses, ...rawHtml])).toEqual([])
  })

  it('reads the extensions of GFM, raw HTML and bare addresses of emoji hosts aside', async () => {
    const failed = await failures('gfm-extensions.json', [])
    expect(failed).toEqual(['Autolinks 19', 'HTML tag filter 22'])
  })
})

async function failures(file: string, aside: string[]): Promise<string[]> {
  const { cases } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { cases: Example[] }
  const enrichment = await withEntities()
  const failed = cases.filter(({ markdown, html }) => {
    if (html.startsWith('<IGNORE>')) return false
    const document = new MarkdownDocument(enrichment, (href) => ({ href, host: '' }))
    document.append(markdown)
    document.update(true)
    return !aside.includes(markdown) && normal(toHtml(document.root)) !== normal(html)
  })
  return failed.map(({ example, section }) => `${section} ${example}`)
}

function withEntities(): Promise<Enrichment> {
  return new Promise((resolve) => {
    const enrichment: Enrichment = new Enrichment(() => resolve(enrichment))
    enrichment.entity('ngE')
  })
}

let notes: string[] = []
function toHtml(root: Root): string {
  const last = root.children.at(-1)
  notes = last?.type === 'footnotes' ? last.children.map(({ label }) => label) : []
  return root.children.map((block) => blockHtml(block, false)).join('')
}

function blockHtml(block: Block, tight: boolean): string {
  switch (block.type) {
    case 'paragraph':
      return block.tight || tight
        ? inlineHtml(block.children)
        : `<p>${inlineHtml(block.children)}</p>\n`
    case 'heading':
      return `<h${block.depth}>${inlineHtml(block.children)}</h${block.depth}>\n`
    case 'rule':
      return '<hr />\n'
    case 'quote':
      return `<blockquote>\n${block.children.map((child) => blockHtml(child, false)).join('')}</blockquote>\n`
    case 'list':
      return listHtml(block)
    case 'code': {
      const language = block.language ? ` class="language-${escaped(block.language)}"` : ''
      const code = codeText(block)
      return `<pre><code${language}>${escaped(block.children.length ? `${code}\n` : '')}</code></pre>\n`
    }
    case 'html-block':
      return `${block.text}\n`
    case 'table': {
      const [head, ...rows] = block.children.map((row, index) => {
        const tag = index === 0 ? 'th' : 'td'
        const cells = row.children.map((cell, column) => {
          const align = block.align[column]
          return `<${tag}${align ? ` align="${align}"` : ''}>${inlineHtml(cell.children)}</${tag}>\n`
        })
        return `<tr>\n${cells.join('')}</tr>\n`
      })
      const body = rows.length ? `<tbody>\n${rows.join('')}</tbody>\n` : ''
      return `<table>\n<thead>\n${head}</thead>\n${body}</table>\n`
    }
    case 'footnotes': {
      const items = block.children.map(({ children }, index) => {
        const number = index + 1
        const back = `<a href="#fnref${number}" class="footnote-backref">↩</a>`
        const content = children.map((child) => blockHtml(child, false)).join('')
        return content.endsWith('</p>\n')
          ? `<li id="fn${number}">${content.replace(/<\/p>\n$/, ` ${back}</p>`)}</li>`
          : `<li id="fn${number}">${content}${back}</li>`
      })
      return `<section class="footnotes"><ol>${items.join('')}</ol></section>`
    }
    default:
      return `?${block.type}?`
  }
}

function listHtml(block: List): string {
  const tag = block.ordered ? 'ol' : 'ul'
  const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : ''
  const items = block.children.map((item) => {
    const box =
      item.checked === null
        ? ''
        : `<input ${item.checked ? 'checked="" ' : ''}disabled="" type="checkbox"> `
    const content = item.children.map((child) => blockHtml(child, false)).join('\n')
    return `<li>${box}${content}</li>\n`
  })
  return `<${tag}${start}>\n${items.join('')}</${tag}>\n`
}

function inlineHtml(nodes: readonly Inline[]): string {
  return nodes.map(oneInline).join('')
}

function oneInline(node: Inline): string {
  switch (node.type) {
    case 'text':
      return escaped(node.text)
    case 'html':
      return node.text
    case 'code-span':
      return `<code>${escaped(node.text)}</code>`
    case 'break':
      return '<br />\n'
    case 'emphasis':
      return `<em>${inlineHtml(node.children)}</em>`
    case 'strong':
      return `<strong>${inlineHtml(node.children)}</strong>`
    case 'strike':
      return `<del>${inlineHtml(node.children)}</del>`
    case 'link': {
      const title = node.title ? ` title="${escaped(node.title)}"` : ''
      return `<a href="${escaped(address(node.href))}"${title}>${inlineHtml(node.children)}</a>`
    }
    case 'image':
      return `<img src="${escaped(address(node.src))}" alt="${escaped(node.alt)}" />`
    case 'footnote-reference': {
      const number = notes.indexOf(node.label) + 1
      return `<sup class="footnote-ref"><a href="#fn${number}" id="fnref${number}">${number}</a></sup>`
    }
    default:
      return `?${node.type}?`
  }
}

function address(href: string): string {
  try {
    return encodeURI(href).replaceAll('%25', '%')
  } catch {
    return href
  }
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** HTML with the white space that means nothing taken out, and attributes in one order. */
function normal(html: string): string {
  return html
    .replace(/<img([^>]*)>/g, (_, attributes: string) => {
      return `<img ${(attributes.match(/(?:src|alt)="[^"]*"/g) ?? []).sort().join(' ')}>`
    })
    .replace(/<input([^>]*)>/g, (_, attributes: string) => {
      return `<input${attributes.includes('checked') ? ' checked' : ''}>`
    })
    .replace(/<(br|hr)\s*\/?>/g, '<$1>')
    .replace(/\s*\n\s*(?=<)|(?<=>)\s*\n\s*/g, '')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .trim()
}
