const mask = '***'
const charactersMax = 500
/** The patterns below take time by the square of what they look at, and a server may send anything. */
const lookedAtMax = 4_000

const credentials = [
  /\b(?:sk|pk|rk|gsk|xai|hf|r8|nvapi|pplx|fw|tgp|csk)[-_][\w*-]{8,}/g,
  /\bAIza[\w-]{20,}/g,
  /\beyJ[\w-]{10,}\.[\w.-]+/g,
]
const named =
  /\b(bearer|basic|api[-_ ]?key|access[-_ ]?token|secret|password)(["']?\s*[:=]?\s*["']?)(?=\S*\d)[\w.~+/*-]{16,}=*/gi
const query = /(https?:\/\/[^\s"'<>?]+)\?[^\s"'<>]*/g

/** A provider's words, fit to be shown: credentials and query strings masked, 500 characters. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  let masked = text
  // The longest first: one may be a part of another.
  for (const secret of secrets.toSorted((a, b) => b.length - a.length)) {
    if (secret.length >= 6) masked = masked.replaceAll(secret, mask)
  }
  masked = masked.slice(0, lookedAtMax)
  for (const pattern of credentials) masked = masked.replace(pattern, mask)
  masked = masked.replace(named, `$1$2${mask}`).replace(query, '$1?…')
  if (masked.length <= charactersMax) return masked
  // Half of a character that takes two places would not survive being sent.
  return `${masked.slice(0, charactersMax - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
