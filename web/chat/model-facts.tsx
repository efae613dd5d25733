import { capabilityFlags } from '#contract/models.ts'
import { t } from '../text/i18n.ts'
import { Badge } from '../ui/badge.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { Fact, Facts } from './facts.tsx'
import { useAsk } from './use-ask.ts'

/** The model that answers next, and what is known of it. */
export function ModelFacts({ store }: { store: ConversationStore }) {
  const { model } = useAsk(store)
  if (!model) return <p className="text-sm text-muted">{t('details.noModel')}</p>
  const { label, channel, contextWindow, contextSource, outputTokens, outputSource } = model
  const abilities = capabilityFlags.filter((flag) => model.capabilities[flag] === true)
  return (
    <Facts>
      <Fact label={t('details.name')}>{label}</Fact>
      <Fact label={t('details.channel')}>{channel}</Fact>
      <Fact label={t('details.contextWindow')} source={t(`details.source.${contextSource}`)}>
        {t('details.tokens', { n: contextWindow })}
      </Fact>
      <Fact label={t('details.outputTokens')} source={t(`details.source.${outputSource}`)}>
        {outputTokens === null ? t('details.unknown') : t('details.tokens', { n: outputTokens })}
      </Fact>
      {abilities.length > 0 && (
        <Fact label={t('details.abilities')}>
          <span className="flex flex-wrap justify-end gap-1">
            {abilities.map((flag) => (
              <Badge key={flag}>{t(`details.ability.${flag}`)}</Badge>
            ))}
          </span>
        </Fact>
      )}
    </Facts>
  )
}
