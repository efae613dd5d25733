import { getApiDocument, readApiReference } from '../contract/reference.ts'
import { matchesEtag } from '../platform/etag.ts'
import { newRoutes, serve, type AppContext } from '../platform/serve.ts'
import { keptReference, pagePolicy, type Kept } from './kept.ts'

export const reference = newRoutes()

serve(reference, getApiDocument, async ({ context }) =>
  answer(context, keptReference(context.env).document, 'application/json; charset=utf-8'),
)

serve(reference, readApiReference, async ({ context }) => {
  context.header('Content-Security-Policy', pagePolicy)
  return answer(context, keptReference(context.env).page, 'text/html; charset=utf-8')
})

/** What may be kept for a while by whoever asks: it is the same for everybody. */
function answer(context: AppContext, { text, etag }: Kept, type: string): Response {
  context.header('ETag', etag)
  context.header('Cache-Control', 'public, max-age=300')
  if (matchesEtag(context.req.header('if-none-match'), etag)) return context.body(null, 304)
  context.header('Content-Type', type)
  return context.body(text)
}
