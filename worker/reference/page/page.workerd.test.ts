import { beforeAll, describe, expect, it } from 'vitest'
import { TestClient } from '../../test-client.ts'
import { TestDocument } from '../../test-document.ts'
import { html } from './html.ts'

let reply: Response
let page = ''
beforeAll(async () => {
  reply = await new TestClient().request('GET', '/api/docs')
  page = await reply.text()
})

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}

const within = (tag: string) => new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`).exec(page)?.[1] ?? ''

describe('GET /api/docs', () => {
  it('shows every operation and every schema of the document', async () => {
    const { operations, json } = await TestDocument.read().then((document) => ({
      operations: document.operations(),
      json: document.json,
    }))
    for (const { operation } of operations) {
      expect(page).toContain(`id="${operation.operationId}"`)
      expect(page).toContain(`href="#${operation.operationId}"`)
    }
    for (const name of Object.keys(json.components.schemas)) {
      expect(page).toContain(`id="schema-${name}"`)
    }
  })

  it('leads nowhere that is not there', () => {
    const targets = Array.from(page.matchAll(/href="#([^"]+)"/g), ([, id]) => id)
    expect(targets.length).toBeGreaterThan(100)
    for (const id of new Set(targets)) expect(page).toContain(`id="${id}"`)
    const ids = Array.from(page.matchAll(/ id="([^"]+)"/g), ([, id]) => id)
    expect(ids.length).toBe(new Set(ids).size)
  })

  it('runs its own script and wears its own style, and nothing else', async () => {
    const policy = reply.headers.get('content-security-policy') ?? ''
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${await hashOf(within('script'))}'`,
      `style-src 'sha256-${await hashOf(within('style'))}'`,
      "img-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ])
    expect(page.match(/<(script|style)\b/g)).toEqual(['<style', '<script'])
    expect(page).not.toMatch(/ (style|on\w+)=/)
  })

  it('fetches nothing from elsewhere', () => {
    const addresses = Array.from(page.matchAll(/(?:href|src)="([^"#][^"]*)"/g), ([, url]) => url)
    expect(addresses).toContain('/api/openapi.json')
    expect(addresses.filter((url) => !/^\/\w/.test(url ?? ''))).toEqual([])
    expect(within('style')).not.toMatch(/url\(|@import/)
  })

  it('is a page for everybody, which is not sent twice', async () => {
    expect(reply.status).toBe(200)
    const told = ['content-type', 'cache-control', 'x-content-type-options', 'x-frame-options']
    expect(told.map((name) => reply.headers.get(name))).toEqual([
      'text/html; charset=utf-8',
      'public, max-age=300',
      'nosniff',
      'DENY',
    ])
    const headers = { 'if-none-match': reply.headers.get('etag') ?? '' }
    const again = await new TestClient().request('GET', '/api/docs', { headers })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })
})

describe('a template', () => {
  it('escapes whatever is put into it, unless it is HTML already', () => {
    const name = `<img src=x onerror="alert('1')">&`
    const inner = html`<b>${name}</b>`
    const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;'
    expect(inner.text).toBe(`<b>${escaped}</b>`)
    expect(html`<i title="${name}">${[inner, name, 1]}</i>`.text).toBe(
      `<i title="${escaped}"><b>${escaped}</b>${escaped}1</i>`,
    )
    expect(html`${null}${undefined}${false}`.text).toBe('')
  })
})
