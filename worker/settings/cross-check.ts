import type { AnySettingKey, SecretKey, Settings } from '../contract/settings-registry.ts'

type Finding = { key: AnySettingKey; message: string }

interface Situation {
  /** What a change touches; some rules count from the next change of what they are about. */
  changed: readonly string[]
  hasSecret(key: SecretKey): boolean
}

/** Rules over several settings at once: each key that is at fault, and why. */
export function crossCheck(values: Settings, { changed, hasSecret }: Situation): Finding[] {
  const findings: (Finding | false)[] = [
    values['provider.idleMs'] > values['provider.timeoutMs'] && {
      key: 'provider.idleMs',
      message: 'Must not exceed provider.timeoutMs.',
    },
    values['accounts.sessionIdleDays'] > values['accounts.sessionMaxDays'] && {
      key: 'accounts.sessionIdleDays',
      message: 'Must not exceed accounts.sessionMaxDays.',
    },
    values['reasoning.tags'] === 'custom' &&
      values['reasoning.customTags'].length === 0 && {
        key: 'reasoning.customTags',
        message: 'Custom tags are needed in this mode.',
      },
    // Lowering the maximum cuts no prompt that is there; it counts from the prompt's next change.
    changed.includes('chat.systemPrompt') &&
      Array.from(values['chat.systemPrompt']).length > values['chat.systemPromptLengthMax'] && {
        key: 'chat.systemPrompt',
        message: 'Longer than chat.systemPromptLengthMax.',
      },
    values['search.enabled'] &&
      changed.some((key) => key.startsWith('search.')) &&
      !canSearch(values, hasSecret) && {
        key: 'search.enabled',
        message: `Needs ${meansOf(values)} to be set.`,
      },
  ]
  return findings.filter((finding) => finding !== false)
}

function canSearch(values: Settings, hasSecret: Situation['hasSecret']): boolean {
  const means = meansOf(values)
  return means === 'search.searxngUrl' ? values[means] !== '' : hasSecret(means)
}

/** What the chosen engine cannot do without. */
function meansOf({ 'search.engine': engine }: Settings): SecretKey | 'search.searxngUrl' {
  return engine === 'searxng' ? 'search.searxngUrl' : `search.key.${engine}`
}
