import { useState } from 'react'
import { Trash2 } from 'lucide-react'
import { deleteAvatar, setAvatar } from '#contract/accounts.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { loadMe, setMe, useMe } from '../api/me.ts'
import { upload } from '../api/upload.ts'
import { t } from '../text/i18n.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { CropDialog } from '../ui/picture/crop-dialog.tsx'
import { PictureButton } from '../ui/picture/picture-button.tsx'
import { NoPicture, openPicture } from '../ui/picture/picture-file.ts'
import { Section } from '../ui/section.tsx'
import { toast } from '../ui/toast.ts'

/** The picture that stands for an account. */
export function AvatarForm() {
  const { actor } = useMe()
  const [bitmap, setBitmap] = useState<ImageBitmap | null>(null)
  const [busy, setBusy] = useState(false)
  if (actor?.type !== 'user') return null
  const { username, avatarUrl } = actor

  async function choose(file: File) {
    try {
      setBitmap(await openPicture(file))
    } catch (error) {
      tell(error)
    }
  }
  function close() {
    bitmap?.close()
    setBitmap(null)
  }
  async function remove() {
    setBusy(true)
    try {
      await call(deleteAvatar)
      await loadMe()
    } catch (error) {
      tell(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Section id="profile.avatar" title={t('profile.avatar')} hint={t('profile.avatarHint')}>
      <Card>
        <div className="flex flex-wrap items-center gap-5 p-5">
          <Avatar username={username} url={avatarUrl} className="size-20" />
          <div className="flex flex-wrap gap-2">
            <PictureButton
              label={avatarUrl ? t('picture.replace') : t('picture.choose')}
              onChoose={(file) => void choose(file)}
            />
            {avatarUrl && (
              <Button
                variant="ghost"
                loading={busy}
                icon={<Trash2 aria-hidden className="size-4" />}
                onClick={remove}
              >
                {t('picture.remove')}
              </Button>
            )}
          </div>
        </div>
      </Card>
      {bitmap && (
        <CropDialog
          bitmap={bitmap}
          title={t('profile.avatarCrop')}
          shape="circle"
          errorText={textOf}
          onTake={async (picture) => setMe(await upload(setAvatar, picture))}
          onClose={close}
        />
      )}
    </Section>
  )
}

function textOf(error: unknown): string {
  return error instanceof NoPicture ? t('picture.unreadable') : errorText(error)
}

function tell(error: unknown) {
  toast(textOf(error), { tone: 'danger' })
}
