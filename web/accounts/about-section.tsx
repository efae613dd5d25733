import type { ReactNode } from 'react'
import { getHealth } from '#contract/health.ts'
import { useBranding } from '../api/branding.ts'
import { call } from '../api/call.ts'
import { useRequest } from '../api/use-request.ts'
import { t } from '../text/i18n.ts'
import { BrandMark } from '../ui/brand-mark.tsx'
import { Card } from '../ui/card.tsx'
import { Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

/** What this is, which version of it, and (as children) the shortcuts. */
export function AboutSection({ children }: { children: ReactNode }) {
  const { name, logoUrl } = useBranding()
  const { state } = useRequest('health', (signal) => call(getHealth, { signal }))
  return (
    <>
      <Section title={t('settings.about')}>
        <Card>
          <div className="flex items-center gap-4 px-5 py-4">
            <BrandMark logoUrl={logoUrl} className="h-10 max-w-40" />
            <div>
              <div className="font-medium">{name}</div>
              {state.type === 'loading' && <Skeleton className="mt-1 h-4 w-24" />}
              {state.type === 'ready' && (
                <div className="text-sm text-muted">
                  {t('about.version', { version: state.reply.version })}
                </div>
              )}
              {state.type === 'failed' && (
                <div className="text-sm text-muted">{t('about.unknownVersion')}</div>
              )}
            </div>
          </div>
        </Card>
      </Section>
      <Section id="shortcuts.title" title={t('shortcuts.title')}>
        <Card className="px-5 py-2">{children}</Card>
      </Section>
    </>
  )
}
