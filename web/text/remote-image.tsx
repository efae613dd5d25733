import { Image as ImageIcon } from 'lucide-react'
import { useState } from 'react'
import type { Image } from './markdown-tree.ts'
import { useTextLabels } from './text-labels.tsx'

/** Pictures the reader asked for; they stay when their message leaves the screen and comes back. */
const wanted = new WeakSet<Image>()

/** A picture from elsewhere. Its host learns nothing of the reader before the reader asks for it. */
export function RemoteImage({ image }: { image: Image }) {
  const labels = useTextLabels()
  const [state, setState] = useState(wanted.has(image) ? 'shown' : 'button')
  if (state === 'shown') {
    return (
      <img
        className="markdown-image rounded-md"
        src={image.src}
        alt={image.alt}
        title={image.host}
        referrerPolicy="no-referrer"
        onError={() => setState('failed')}
      />
    )
  }
  if (state === 'failed')
    return <span className="text-muted">{labels.imageFailed(image.host)}</span>
  return (
    <button
      type="button"
      className="markdown-image-button rounded-md border border-line bg-sunken text-ink"
      title={image.alt || image.host}
      onClick={() => {
        wanted.add(image)
        setState('shown')
      }}
    >
      <ImageIcon aria-hidden size={16} />
      {labels.loadImage(image.host)}
    </button>
  )
}
