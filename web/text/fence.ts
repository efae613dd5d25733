/** Whether the raw source of a fenced code block ends with its closing fence. */
export function isClosedFence(raw: string): boolean {
  const opener = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1]
  if (!opener) return false
  const lines = raw.trimEnd().split('\n')
  const closer = lines.length > 1 ? (lines.at(-1) ?? '').trim() : ''
  return closer.length >= opener.length && closer === opener.charAt(0).repeat(closer.length)
}
