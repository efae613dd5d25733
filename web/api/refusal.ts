import { Problem, problemOf, type ProblemCode } from '#contract/problems.ts'
import { wantedLanguage } from '../text/i18n.ts'
import { Refused } from './refused.ts'
import { noteRefusal } from './signed-out.ts'

/** What to throw for a failed reply; whoever wants to know that nobody is signed in is told. */
export async function refusalOf(response: Response): Promise<Refused> {
  const problem = await problemIn(response)
  noteRefusal(problem)
  return new Refused(problem)
}

/** The problem of a failed reply; a proxy's page instead of ours becomes the nearest problem. */
async function problemIn(response: Response): Promise<Problem> {
  try {
    const parsed = Problem.safeParse(await response.json())
    if (parsed.success) return parsed.data
  } catch {
    // Not JSON: whoever stands between us and the server answered.
  }
  const language = wantedLanguage() === 'zh-CN' ? 'zh' : 'en'
  const requestId = response.headers.get('x-request-id') ?? ''
  return { ...problemOf(codeOf(response.status), requestId, {}, language), status: response.status }
}

function codeOf(status: number): ProblemCode {
  if (status === 404) return 'not_found'
  if (status === 413) return 'body_too_large'
  if (status === 429) return 'rate_limited'
  return status === 502 || status === 503 || status === 504 ? 'storage_unavailable' : 'internal'
}
