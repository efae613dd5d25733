import { useState } from 'react'
import { Download } from 'lucide-react'
import { exportOwn } from '#contract/accounts.ts'
import { download } from '../api/download.ts'
import { errorText } from '../api/error-text.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardRow } from '../ui/card.tsx'
import { saveFile } from '../ui/save-file.ts'
import { Section } from '../ui/section.tsx'
import { toast } from '../ui/toast.ts'
import { DeleteAccountDialog } from './delete-account-dialog.tsx'
import { DeleteConversationsDialog } from './delete-conversations-dialog.tsx'

interface DataSectionProps {
  /** All conversations are gone. */
  onConversationsDeleted: () => void
}

/** What is kept of somebody: to take along, and to delete. */
export function DataSection({ onConversationsDeleted }: DataSectionProps) {
  const [deleting, setDeleting] = useState<'conversations' | 'account' | null>(null)
  const close = () => setDeleting(null)
  return (
    <>
      <Section title={t('data.export')}>
        <Card>
          <CardRow id="data.exportAll" label={t('data.exportAll')} hint={t('data.exportHint')}>
            <ExportButton />
          </CardRow>
        </Card>
      </Section>
      <Section title={t('data.delete')}>
        <Card>
          <CardRow
            id="data.conversations"
            label={t('data.conversations')}
            hint={t('data.conversationsHint')}
          >
            <Button onClick={() => setDeleting('conversations')}>
              {t('data.deleteConversations')}
            </Button>
          </CardRow>
          <CardRow id="data.account" label={t('data.account')} hint={t('data.accountHint')}>
            <Button variant="danger" onClick={() => setDeleting('account')}>
              {t('data.deleteAccount')}
            </Button>
          </CardRow>
        </Card>
      </Section>
      {deleting === 'conversations' && (
        <DeleteConversationsDialog onDeleted={onConversationsDeleted} onClose={close} />
      )}
      {deleting === 'account' && <DeleteAccountDialog onClose={close} />}
    </>
  )
}

function ExportButton() {
  const [busy, setBusy] = useState(false)
  async function take() {
    setBusy(true)
    try {
      const day = new Date().toISOString().slice(0, 10)
      saveFile(`conversations-${day}.json`, await download(exportOwn))
    } catch (error) {
      toast(errorText(error), { tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button loading={busy} icon={<Download aria-hidden className="size-4" />} onClick={take}>
      {t('data.download')}
    </Button>
  )
}
