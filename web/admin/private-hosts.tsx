import { getSettings, updateSettings } from '#contract/settings.ts'
import { call } from '../api/call.ts'
import { useCapability } from '../api/me.ts'
import { useRequest } from '../api/use-request.ts'
import { t } from '../text/i18n.ts'
import { Card } from '../ui/card.tsx'
import { Section } from '../ui/section.tsx'
import { Switch } from '../ui/switch.tsx'
import { useAttempt } from './use-attempt.ts'

const key = 'provider.allowPrivateHosts'

/** Whether connections may lead into the network this installation stands in. */
export function PrivateHosts() {
  const { state, replace } = useRequest('settings', (signal) => call(getSettings, { signal }))
  const mayChange = useCapability('manageSettings')
  const [busy, attempt] = useAttempt()
  if (state.type !== 'ready') return null

  const change = (allowed: boolean) =>
    attempt(async () => {
      const reply = await call(updateSettings, { body: { values: { [key]: allowed } } })
      replace((known) => ({ ...known, ...reply }))
    })

  return (
    <Section title={t('connections.network')}>
      <Card className="px-5 py-4">
        <Switch
          label={t('connections.private')}
          hint={t('connections.privateHint')}
          checked={state.reply.values[key] === true}
          disabled={busy || !mayChange}
          onChange={change}
        />
      </Card>
    </Section>
  )
}
