import type { TestProject } from 'vitest/node'
import { startFakeUpstream } from './fake-upstream.ts'

/** One fake upstream for all tests in workerd; they find its base URL in env.TEST_UPSTREAM. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const upstream = await startFakeUpstream()
  project.provide('upstream', upstream.baseUrl)
  return upstream.close
}

declare module 'vitest' {
  interface ProvidedContext {
    upstream: string
  }
}
