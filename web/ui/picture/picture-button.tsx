import { useRef } from 'react'
import { ImageUp } from 'lucide-react'
import { imageTypes } from '#contract/image-limits.ts'
import { Button } from '../button.tsx'

interface PictureButtonProps {
  label: string
  loading?: boolean
  onChoose: (file: File) => void
}

/** Lets somebody choose one picture of their device. */
export function PictureButton({ label, loading = false, onChoose }: PictureButtonProps) {
  const ref = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        loading={loading}
        icon={<ImageUp aria-hidden className="size-4" />}
        onClick={() => ref.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={ref}
        type="file"
        hidden
        accept={imageTypes.join()}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file) onChoose(file)
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
