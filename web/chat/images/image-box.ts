import type { CSSProperties } from 'react'
import type { AttachmentPart } from '../draft.ts'

const edgePxMax = 320
const edgePxMin = 64
const gridPx = 360
/** A picture longer than this is cut to it. */
const ratioMax = 3

export interface ImageBox {
  width: number
  height: number
  columns: number
}

/** The room that the images of a message take, before they have been loaded. */
export function imageBox(images: readonly AttachmentPart[]): ImageBox {
  const [first] = images
  if (images.length === 1 && first) return { ...boxOfOne(first), columns: 1 }
  const columns = images.length === 2 || images.length === 4 ? 2 : 3
  return { width: gridPx, height: (gridPx / columns) * Math.ceil(images.length / columns), columns }
}

function boxOfOne({ width, height }: AttachmentPart) {
  const ratio = Math.min(ratioMax, Math.max(1 / ratioMax, width / height || 1))
  const longEdge = Math.min(edgePxMax, Math.max(edgePxMin, width, height))
  return ratio >= 1
    ? { width: longEdge, height: longEdge / ratio }
    : { width: longEdge * ratio, height: longEdge }
}

/** Narrower where there is less room, in the same shape. */
export function boxStyle({ width, height }: ImageBox): CSSProperties {
  return { width: `${width / 16}rem`, maxWidth: '100%', aspectRatio: `${width} / ${height}` }
}
