import type { Job } from '../contract/jobs.ts'

/** What each line of the schedule in wrangler.toml runs. */
export const everyOfCron: Record<string, Job['every']> = {
  '*/5 * * * *': 'minutes',
  '7 * * * *': 'hour',
  '17 3 * * *': 'day',
}
