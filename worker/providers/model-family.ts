/** A raw id as models are recognised by it: without the maker before the last `/`, lower case. */
export function modelNameOf(rawId: string): string {
  return rawId.toLowerCase().replace(/^ft:/, '').replace(/^.*\//, '')
}

interface OpenAiGeneration {
  major: number
  minor: number
}

/** OpenAI's models that reason by themselves: the o series, and GPT from 5 on. Null for others. */
export function openAiGeneration(rawId: string): OpenAiGeneration | null {
  const name = modelNameOf(rawId)
  if (/^o\d/.test(name)) return { major: 0, minor: 0 }
  // Azure writes GPT-3.5 as gpt-35.
  const version = /^gpt-(\d{1,2})(?:\.(\d+))?(?![\da-z])/.exec(name)
  const major = Number(version?.[1])
  if (!(major >= 5) || major === 35) return null
  return { major, minor: Number(version?.[2] ?? 0) }
}
