import { problems, type Problem } from '#contract/problems.ts'
import { currentLanguage } from '../text/i18n.ts'

/** A problem in the language of the page, which need not be the one it was refused in. */
export function problemText({ code }: Pick<Problem, 'code'>): string {
  const known = problems[code]
  return currentLanguage() === 'zh-CN' ? known.zh : known.en
}
