import { useState } from 'react'
import { Check, Copy } from 'lucide-react'
import { copyText } from '../text/copy-text.ts'
import { t } from '../text/i18n.ts'
import { Button, type ButtonSize } from './button.tsx'
import { toast } from './toast.ts'

const shownMs = 2_000

interface CopyButtonProps {
  text: string
  label: string
  size?: ButtonSize
}

/** Copies `text`, and says that it did. */
export function CopyButton({ text, label, size = 'medium' }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false)
  async function copy() {
    if (!(await copyText(text))) return toast(t('chat.copyFailed'), { tone: 'danger' })
    setIsCopied(true)
    setTimeout(() => setIsCopied(false), shownMs)
  }
  const Icon = isCopied ? Check : Copy
  return (
    <Button size={size} icon={<Icon aria-hidden className="size-4" />} onClick={copy}>
      <span aria-live="polite">{isCopied ? t('chat.copied') : label}</span>
    </Button>
  )
}
