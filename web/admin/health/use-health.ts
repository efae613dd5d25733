import { useEffect, useState } from 'react'
import { getHealth, type Health } from '#contract/health.ts'
import { listJobs, type Job } from '#contract/jobs.ts'
import { call, readJson } from '../../api/call.ts'

const renewMs = 10_000

interface Known {
  health: Health
  jobs: readonly Job[]
  at: number
}

/** How everything is, asked for again and again while the page is seen; the last answer stays. */
export function useHealth() {
  const [known, setKnown] = useState<Known | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [round, setRound] = useState(0)

  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    async function ask() {
      clearTimeout(timer)
      if (document.visibilityState !== 'visible') return
      try {
        const [health, { items }] = await Promise.all([
          readHealth(stop.signal),
          call(listJobs, { signal: stop.signal }),
        ])
        setKnown({ health, jobs: items, at: Date.now() })
        setError(null)
      } catch (fault) {
        if (!stop.signal.aborted) setError(fault)
      }
      if (!stop.signal.aborted) timer = setTimeout(ask, renewMs)
    }
    void ask()
    document.addEventListener('visibilitychange', ask, { signal: stop.signal })
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [round])

  function putJob(job: Job) {
    setKnown(
      (last) =>
        last && {
          ...last,
          jobs: last.jobs.map((other) => (other.name === job.name ? job : other)),
        },
    )
  }
  return { known, error, putJob, renew: () => setRound((last) => last + 1) }
}

/** Health is told with a failing status as well: not a refusal, but what one came to know. */
async function readHealth(signal: AbortSignal): Promise<Health> {
  const response = await fetch(getHealth.path, { signal })
  const parsed = getHealth.reply?.safeParse(await readJson(response, signal))
  return parsed?.success ? parsed.data : call(getHealth, { signal })
}
