import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { prepareMarkdown } from './markdown-client.ts'
import { Markdown } from './markdown.tsx'

async function shown(text: string): Promise<string> {
  await prepareMarkdown([text])
  return renderToStaticMarkup(<Markdown text={text} />)
}

describe('a message', () => {
  it('shows a text that was read before in its first paint', async () => {
    expect(await shown('Hello **you**')).toBe(
      '<div class="markdown"><div class="markdown-chunk"><p>Hello <strong>you</strong></p></div></div>',
    )
  })

  it('shows a text that was not read yet as it was written', () => {
    const html = renderToStaticMarkup(<Markdown text="Not *read* <b>yet</b>" streaming />)
    expect(html).toBe(
      '<div class="markdown markdown-waiting">Not *read* &lt;b&gt;yet&lt;/b&gt;</div>',
    )
  })

  it('shows raw HTML as text', async () => {
    const html = await shown(
      '<img src=x onerror=alert(1)> and <b>bold</b>\n\n<script>\nalert(1)\n</script>',
    )
    expect(html).not.toMatch(/<(?:img|b|script)/)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; and &lt;b&gt;bold&lt;/b&gt;')
  })

  it('names the host of a link and gives it nothing of the page', async () => {
    expect(await shown('[here](https://paypal.com@evil.example/x "Your bank")')).toContain(
      '<a class="text-accent" href="https://paypal.com@evil.example/x" ' +
        'title="evil.example — Your bank" target="_blank" rel="noopener noreferrer nofollow">here</a>',
    )
  })

  it('offers a remote picture without fetching it', async () => {
    const html = await shown('![A cat](https://cats.example/1.png)')
    expect(html).not.toContain('<img')
    expect(html).toContain('Image from cats.example — load')
  })

  it('puts a picture in a link before the link, which keeps its words', async () => {
    const html = await shown('[![build](https://ci.example/b.svg)](https://ci.example)')
    expect(html).toMatch(/<button.*<\/button><a .*>build<\/a>/)
  })

  it('has no h1, which is the page’s', async () => {
    expect(await shown('# One\n\n###### Six')).toContain(
      '<h2 data-depth="1">One</h2><h6 data-depth="6">Six</h6>',
    )
  })

  it('folds long code to its first lines and says how many there are', async () => {
    const html = await shown(`\`\`\`\n${'x = 1\n'.repeat(200)}\`\`\``)
    expect(html.match(/x = 1/g)).toHaveLength(30)
    expect(html).toContain('Show all 200 lines')
  })

  it('shows an invalid formula as its source', async () => {
    expect(await shown('Look: $\\frac{1$')).toContain('>$\\frac{1$</code>')
    expect(await shown('Look: $\\nonsense{1}$')).toContain(
      '<code class="markdown-math-source">$\\nonsense{1}$</code>',
    )
  })

  it('numbers footnotes by their first reference and leads back from them', async () => {
    const html = await shown('a[^x] b[^y]\n\n[^y]: second\n[^x]: first')
    expect(html).toMatch(
      /<section class="markdown-notes text-muted" aria-label="Footnotes">.*first.*second/,
    )
    expect(html).toMatch(/a<sup><a id="[^"]+from-1"[^>]*>1<\/a><\/sup> b<sup><a id="[^"]+from-2"/)
  })

  it('says whether a task is done', async () => {
    const html = await shown('- [x] bread\n- [ ] butter')
    expect(html).toMatch(
      /aria-label="Done:"[^>]*><\/span><div>bread.*aria-label="To do:"[^>]*><\/span><div>butter/,
    )
  })

  it('starts a list where the writer does', async () => {
    expect(await shown('3. three\n4. four')).toContain(
      '<ol start="3"><li>three</li><li>four</li></ol>',
    )
  })
})
