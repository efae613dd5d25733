import type { ReactNode } from 'react'
import { Languages } from 'lucide-react'
import { useBranding } from '../api/branding.ts'
import { meValue, updatePreferences } from '../api/me.ts'
import { languages, t, useLanguage, type Language } from '../text/i18n.ts'
import { Menu } from '../ui/menu.tsx'
import { MenuChoice } from '../ui/menu-items.tsx'
import { BrandMark } from '../ui/brand-mark.tsx'
import { chooseVisitorLanguage } from './visitor-language.ts'

interface AuthFrameProps {
  title: string
  intro?: ReactNode
  children: ReactNode
  footer?: ReactNode
}

/** The page around a form for somebody who is not signed in. */
export function AuthFrame({ title, intro, children, footer }: AuthFrameProps) {
  const { name, logoUrl } = useBranding()
  return (
    <div className="flex h-full flex-col overflow-y-auto bg-sunken">
      <header className="flex justify-end p-3">
        <LanguageMenu />
      </header>
      <main
        tabIndex={-1}
        className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center px-4 pb-16 outline-none"
      >
        <div className="mb-8 flex flex-col items-center gap-3 text-center">
          <BrandMark logoUrl={logoUrl} className="h-12 max-w-56" />
          <div>
            <p className="text-sm font-medium text-muted">{name}</p>
            <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          </div>
          {intro && <div className="text-sm text-muted">{intro}</div>}
        </div>
        <div className="rounded-card border border-line bg-surface p-6 shadow-soft sm:p-8">
          {children}
        </div>
        {footer && <div className="mt-6 text-center text-sm text-muted">{footer}</div>}
      </main>
    </div>
  )
}

function choose(language: Language) {
  chooseVisitorLanguage(language)
  // A guest may have chosen another one, which would go before it.
  if (meValue.get().actor?.type === 'guest') void updatePreferences({ language })
}

function LanguageMenu() {
  const current = useLanguage()
  return (
    <Menu
      align="end"
      className="min-w-40"
      trigger={(props) => (
        <button
          type="button"
          {...props}
          aria-label={`${t('language.label')}: ${languages[current]}`}
          className="flex h-9 items-center gap-2 rounded-control px-3 text-sm text-muted ring-focus touch-target hover:bg-hover hover:text-ink"
        >
          <Languages aria-hidden className="size-4" />
          {languages[current]}
        </button>
      )}
    >
      {Object.entries(languages).map(([language, name]) => (
        <MenuChoice
          key={language}
          checked={language === current}
          onSelect={() => choose(language as Language)}
        >
          {name}
        </MenuChoice>
      ))}
    </Menu>
  )
}
