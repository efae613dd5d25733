import { getHealth } from '../contract/health.ts'
import { newRoutes, serve } from '../platform/serve.ts'
import { healthOf } from './health.ts'

export const operation = newRoutes()

for (const path of [getHealth.path, '/api/health'] as const) {
  serve(operation, { ...getHealth, path }, async ({ context }) => {
    const health = await healthOf(context.env, Date.now())
    return context.json(health, health.status === 'down' ? 503 : 200)
  })
}
