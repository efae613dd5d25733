import { useRef, type ReactNode } from 'react'
import { Download, Ellipsis, RefreshCw, Upload } from 'lucide-react'
import { t } from '../text/i18n.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { MenuItem } from '../ui/menu-items.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { toast } from '../ui/toast.ts'
import { readJsonFile, saveJsonFile } from './json-file.ts'
import { useAttempt } from './use-attempt.ts'

interface TransferMenuProps {
  /** Of the file that is written. */
  fileName: string
  read: () => Promise<unknown>
  write: (file: unknown) => Promise<void>
  onRefreshAll: () => Promise<void>
  /** Further items, for this list alone. */
  children?: ReactNode
}

/** What is done with a whole list at once: refreshed, written to a file, read from one. */
export function TransferMenu(props: TransferMenuProps) {
  const { fileName, read, write, onRefreshAll, children } = props
  const input = useRef<HTMLInputElement>(null)
  const [busy, attempt] = useAttempt()

  const load = (file: File) =>
    attempt(async () => {
      const content = await readJsonFile(file)
      if (content === undefined) toast(t('admin.notJson'), { tone: 'danger' })
      else await write(content)
    })

  return (
    <>
      <Menu
        align="end"
        trigger={(trigger) => (
          <IconButton
            label={t('admin.transfer')}
            variant="secondary"
            aria-busy={busy || undefined}
            disabled={busy}
            icon={busy ? <Spinner /> : <Ellipsis className="size-4.5" />}
            {...trigger}
          />
        )}
      >
        <MenuItem icon={<RefreshCw />} onSelect={() => attempt(onRefreshAll)}>
          {t('admin.refreshAll')}
        </MenuItem>
        <MenuItem
          icon={<Download />}
          onSelect={() => attempt(async () => saveJsonFile(fileName, await read()))}
        >
          {t('admin.export')}
        </MenuItem>
        <MenuItem icon={<Upload />} onSelect={() => input.current?.click()}>
          {t('admin.import')}
        </MenuItem>
        {children}
      </Menu>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={t('admin.import')}
        onChange={({ target }) => {
          const [file] = Array.from(target.files ?? [])
          // The same file can be chosen again.
          target.value = ''
          if (file) void load(file)
        }}
      />
    </>
  )
}
