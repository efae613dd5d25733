import product, { GenerationObject as Generation } from '../../worker/index.ts'
import type { Bindings } from '../../worker/platform/env.ts'
import { countObject, countWorker, takeCounts } from './counts.ts'

/** The product as it is, with every row it writes and every question it asks counted. */
export default {
  ...product,
  async fetch(request, env, context) {
    countWorker(env.DB)
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/bench/counts') return Response.json(takeCounts())
    if (pathname === '/bench/seed') {
      for (const sql of await request.json<string[]>()) await env.DB.prepare(sql).run()
      return new Response(null, { status: 204 })
    }
    if (pathname === '/bench/expire') {
      const stub = env.GENERATIONS.getByName(searchParams.get('reply') ?? '')
      await (stub as unknown as { expire(): Promise<void> }).expire()
      return new Response(null, { status: 204 })
    }
    return product.fetch(request, env, context)
  },
} satisfies ExportedHandler<Bindings>

export { CallObject } from '../../worker/index.ts'

const dayMs = 86_400_000

export class GenerationObject extends Generation {
  constructor(ctx: DurableObjectState, env: Bindings) {
    countObject(ctx.storage)
    super(ctx, env)
  }

  /** Two days at once: the log is deleted, then all that is left. */
  async expire(): Promise<void> {
    const { now } = Date
    try {
      for (const days of [1, 2]) {
        Date.now = () => now() + days * dayMs
        await this.alarm()
      }
    } finally {
      Date.now = now
    }
  }
}
