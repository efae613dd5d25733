import { recordAudit } from '../audit/record-audit.ts'
import { listJobs, runJob as runEndpoint } from '../contract/jobs.ts'
import { Fault } from '../platform/fault.ts'
import { newRoutes, serve } from '../platform/serve.ts'
import { readJobs } from './job-rows.ts'
import { jobNamed, runJob } from './run-jobs.ts'

export const jobRoutes = newRoutes()

serve(jobRoutes, listJobs, async ({ context }) => ({
  items: await readJobs(context.env, Date.now()),
}))

serve(jobRoutes, runEndpoint, async ({ params, context }) => {
  const name = jobNamed(params.name)
  if (name === undefined) throw new Fault('not_found')
  await runJob(context.env, name, Date.now())
  const target = { type: 'job', id: name, name: null }
  await recordAudit(context, { kind: 'job.run', target })
  const row = (await readJobs(context.env, Date.now())).find((job) => job.name === name)
  if (!row) throw new Fault('not_found')
  return row
})
