import { t } from './text/i18n.ts'
import { keysOf, shortcuts, type ShortcutId } from './ui/shortcuts.ts'

/** Every shortcut with what it does. */
export function ShortcutList() {
  return (
    <dl className="grid gap-x-8 sm:grid-cols-2">
      {(Object.keys(shortcuts) as ShortcutId[]).map((id) => (
        <div key={id} className="flex items-center justify-between gap-4 py-2">
          <dt className="text-sm">{t(`shortcut.${id}`)}</dt>
          <dd className="flex shrink-0 gap-1">
            {keysOf(id).map((key) => (
              <kbd
                key={key}
                className="min-w-6 rounded-md border border-line bg-sunken px-1.5 py-0.5 text-center font-sans text-xs text-muted"
              >
                {key}
              </kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
