import { app } from './app.ts'
import { ensureDemoConnection } from './connections/demo-connection.ts'
import type { JobName } from './operation/jobs.ts'
import { runDueJobs, runJob } from './operation/run-jobs.ts'
import { deploymentOf, type Bindings } from './platform/env.ts'

export { GenerationObject } from './chat/generation-object.ts'

const jobOfCron: Record<string, JobName> = {
  '*/5 * * * *': 'sweep',
  '7 * * * *': 'hourly',
  '17 3 * * *': 'daily',
}

export default {
  async fetch(request, env, context) {
    const response = await app.fetch(request, env, context)
    context.waitUntil(afterReply(env))
    return response
  },

  async scheduled({ cron, scheduledTime }, env) {
    const name = jobOfCron[cron]
    if (name) await runJob(env, name, scheduledTime)
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
