import { app } from './app.ts'
import { ensureDemoConnection } from './connections/demo-connection.ts'
import { runDueJobs, runScheduled } from './operation/run-jobs.ts'
import { everyOfCron } from './operation/schedule.ts'
import { deploymentOf, type Bindings } from './platform/env.ts'

export { GenerationObject } from './chat/generation-object.ts'
export { CallObject } from './openai-api/kept/call-object.ts'

export default {
  async fetch(request, env, context) {
    const response = await app.fetch(request, env, context)
    context.waitUntil(afterReply(env))
    return response
  },

  async scheduled({ cron }, env) {
    const every = everyOfCron[cron]
    if (every) await runScheduled(env, every, Date.now())
  },
} satisfies ExportedHandler<Bindings>

/** What a development deployment does for itself: it has a demo model, and no cron fires there. */
async function afterReply(env: Bindings): Promise<void> {
  try {
    if (!deploymentOf(env).isDevelopment) return
    const now = Date.now()
    await ensureDemoConnection(env, now)
    await runDueJobs(env, now)
  } catch (error) {
    console.error(error)
  }
}
