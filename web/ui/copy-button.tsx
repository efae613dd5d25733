import { useState } from 'react'
import { Check, Copy } from 'lucide-react'
import { copyText } from '../text/copy-text.ts'
import { t } from '../text/i18n.ts'
import { Button, type ButtonProps } from './button.tsx'
import { toast } from './toast.ts'

const shownMs = 2_000

interface CopyButtonProps extends Omit<ButtonProps, 'icon' | 'onClick' | 'children'> {
  text: string
  label: string
  onCopied?: () => void
}

/** Copies `text`, and says that it did. */
export function CopyButton({ text, label, onCopied, ...rest }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false)
  async function copy() {
    if (!(await copyText(text))) return toast(t('chat.copyFailed'), { tone: 'danger' })
    onCopied?.()
    setIsCopied(true)
    setTimeout(() => setIsCopied(false), shownMs)
  }
  const Icon = isCopied ? Check : Copy
  return (
    <Button {...rest} icon={<Icon aria-hidden className="size-4" />} onClick={copy}>
      <span aria-live="polite">{isCopied ? t('chat.copied') : label}</span>
    </Button>
  )
}
