import { useState } from 'react'
import type { NewApiKey } from '#contract/api-keys.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'

interface MadeDialogProps {
  made: NewApiKey
  onClose: () => void
}

/** The only time a key is seen. It does not go by a press beside it before it was copied. */
export function MadeDialog({ made: { name, secret }, onClose }: MadeDialogProps) {
  const [isCopied, setIsCopied] = useState(false)
  return (
    <Dialog
      open
      title={t('apiKeys.madeTitle')}
      onClose={() => isCopied && onClose()}
      footer={
        <Button variant={isCopied ? 'primary' : 'secondary'} onClick={onClose}>
          {t(isCopied ? 'apiKeys.done' : 'apiKeys.doneUncopied')}
        </Button>
      }
    >
      <Notice tone="warning">{t('apiKeys.madeOnce')}</Notice>
      <div className="mt-4 flex flex-col gap-3 rounded-control bg-sunken px-4 py-3.5">
        <p className="text-xs text-muted [overflow-wrap:anywhere]">{name}</p>
        <p
          data-secret
          className="select-all font-mono text-sm leading-6 [overflow-wrap:anywhere]"
          // Whoever copies by hand has it, too.
          onCopy={() => setIsCopied(true)}
        >
          {secret}
        </p>
        <div>
          <CopyButton
            data-autofocus
            variant="primary"
            text={secret}
            label={t('apiKeys.copyKey')}
            onCopied={() => setIsCopied(true)}
          />
        </div>
      </div>
    </Dialog>
  )
}
