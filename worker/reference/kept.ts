import { createHash } from 'node:crypto'
import type { Bindings } from '../platform/env.ts'
import { apiDocument } from './document.ts'
import { referencePage } from './page/page.ts'
import { script } from './page/script.ts'
import { style } from './page/style.ts'

export interface Kept {
  text: string
  etag: string
}

let kept: { document: Kept; page: Kept } | undefined

/** The document and its page, made once: what is served does not change while this code runs. */
export function keptReference(env: Bindings): { document: Kept; page: Kept } {
  if (kept) return kept
  const document = apiDocument(env.APP_VERSION ?? '')
  kept = { document: keep(JSON.stringify(document)), page: keep(referencePage(document)) }
  return kept
}

function keep(text: string): Kept {
  return { text, etag: `"${sha256(text)}"` }
}

/** Nothing but this page's own style and script, and no address but this host's. */
export const pagePolicy = [
  "default-src 'none'",
  `script-src 'sha256-${sha256(script)}'`,
  `style-src 'sha256-${sha256(style)}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
