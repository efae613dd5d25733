/** Whether the raw source of a fenced code block ends with its closing fence. */
export function isClosedFence(raw: string): boolean {
  const opener = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1]
  if (!opener) return false
  const lines = raw.trimEnd().split('\n')
  const closer = lines.length > 1 ? (lines.at(-1) ?? '').trim() : ''
  return closer.length >= opener.length && closer === opener.charAt(0).repeat(closer.length)
}

/** The length of the fenced code that `source` opens with, all of it when it is not closed; or 0. */
export function openingFenceLength(source: string): number {
  const opener = /^ {0,3}(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)(?:\n|$)/.exec(source)
  const fence = opener?.[1] ?? opener?.[2]
  if (!opener || !fence) return 0
  const closer = new RegExp(`^ {0,3}${fence}${fence.charAt(0)}* *(?:\\n|$)`, 'gm')
  closer.lastIndex = opener[0].length
  return closer.exec(source) ? closer.lastIndex : source.length
}
