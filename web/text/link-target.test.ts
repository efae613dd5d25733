import { describe, expect, it } from 'vitest'
import { Enrichment } from './enrichment.ts'
import { imageTarget, linkTarget } from './link-target.ts'
import { MarkdownDocument } from './markdown-document.ts'

function read(text: string): string {
  const document = new MarkdownDocument(new Enrichment(() => {}))
  document.append(text)
  document.update(true)
  return JSON.stringify(document.root)
}

const hostile = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript&colon;alert(1)',
  'javascript&#58;alert(1)',
  'javascript&#x3a;alert(1)',
  '&#106;&#97;vascript:alert(1)',
  'vbscript:x',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml;base64,PHN2Zz4=',
  'file:///etc/passwd',
  'blob:https://a.example/1',
  'ftp://a.example/x',
  'view-source:https://a.example',
  'about:blank',
  'intent://a#Intent;end',
  '//a.example/x',
  '/admin',
  '#top',
  '?q',
  'a.example',
  '\\\\a.example\\x',
  '',
]

describe('a link of a message', () => {
  it.each(hostile)('leads nowhere: %j', (address) => {
    expect(linkTarget(address)).toBeNull()
    for (const text of [
      `[a](<${address}>)`,
      `[a](${address})`,
      `[a][b]\n\n[b]: <${address}>`,
      `<${address}>`,
    ]) {
      expect(read(text)).not.toContain('"type":"link"')
    }
    expect(read(`![a](<${address}>)`)).not.toContain('"type":"image"')
  })

  it('leads to pages and to letter boxes, spelled as the browser will', () => {
    expect(linkTarget('HTTPS://A.example/ä b')).toEqual({
      href: 'https://a.example/%C3%A4%20b',
      host: 'a.example',
    })
    expect(linkTarget('mailto:you@a.example?subject=x')).toEqual({
      href: 'mailto:you@a.example?subject=x',
      host: 'you@a.example',
    })
  })

  it('names the host that is really asked', () => {
    expect(linkTarget('https://bank.example@evil.example/')?.host).toBe('evil.example')
    expect(linkTarget('https://bаnk.example')?.host).toBe('xn--bnk-6cd.example')
    expect(linkTarget('https:\\\\evil.example')?.host).toBe('evil.example')
  })

  it('is its words when it leads nowhere', () => {
    expect(read('a [b *c*](javascript:x) d')).toContain(
      '[{"type":"text","text":"a b "},{"type":"emphasis","children":[{"type":"text","text":"c"}]},{"type":"text","text":" d"}]',
    )
  })

  it('takes pictures from hosts alone', () => {
    expect(imageTarget('mailto:a@b.example')).toBeNull()
    expect(imageTarget('https://a.example/i.png')?.host).toBe('a.example')
  })
})
