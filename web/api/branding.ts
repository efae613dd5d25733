import { useEffect } from 'react'
import { getBranding, type Branding } from '#contract/branding.ts'
import { call } from './call.ts'
import { createValue, useValue } from './value.ts'

/** Until the server has spoken. */
const unbranded: Branding = {
  name: 'AIChat',
  welcome: '',
  disclaimer: '',
  logoUrl: null,
  faviconUrl: null,
  assistantAvatarUrl: null,
  theme: 'system',
  accentColor: '#2563eb',
  language: 'auto',
  registration: 'approval',
  guests: false,
  revision: 0,
}

/** Longer than the reply may be kept in caches on the way. */
const staleMs = 5_500

export const brandingValue = createValue<Branding>(unbranded)

export function useBranding(): Branding {
  return useValue(brandingValue)
}

export async function loadBranding(cache: RequestCache = 'default'): Promise<Branding> {
  const branding = await call(getBranding, { cache })
  const isNew = JSON.stringify(branding) !== JSON.stringify(brandingValue.get())
  if (isNew) brandingValue.set(branding)
  return branding
}

/** With the seconds for which servers and caches may answer as before, a change takes 10 s at most. */
const everyMs = 6_000

/** Asks now and then, for pages that nothing else tells of a change. */
export function useFollowBranding(isWanted: boolean) {
  useEffect(() => {
    if (!isWanted) return
    const ask = () => {
      if (document.visibilityState === 'visible') loadBranding().catch(() => {})
    }
    const timer = setInterval(ask, everyMs)
    document.addEventListener('visibilitychange', ask)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', ask)
    }
  }, [isWanted])
}

let wanted = 0

/** Settings have reached `revision`: what is shown of them follows, without a reload. */
export async function followRevision(revision: number): Promise<void> {
  if (revision <= brandingValue.get().revision || revision <= wanted) return
  wanted = revision
  // What the browser keeps is older.
  const { revision: got } = await loadBranding('no-cache')
  if (got >= revision) return
  setTimeout(() => {
    wanted = 0
    followRevision(revision).catch(() => {})
  }, staleMs)
}
