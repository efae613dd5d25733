/** Which square of a picture is taken: its middle in pixels of the picture, and how close it is. */
export interface Crop {
  x: number
  y: number
  /** 1 takes the largest square there is. */
  zoom: number
}

export interface Size {
  width: number
  height: number
}

/** Closer than this there is little left to see. */
const zoomLimit = 5
/** Fewer pixels of the picture than this make no portrait. */
const sideMin = 48

/** The largest square in the middle. */
export function wholeCrop({ width, height }: Size): Crop {
  return { x: width / 2, y: height / 2, zoom: 1 }
}

export function zoomMax({ width, height }: Size): number {
  return Math.max(1, Math.min(zoomLimit, Math.min(width, height) / sideMin))
}

/** The edge of the square, in pixels of the picture. */
export function sideOf({ zoom }: Crop, { width, height }: Size): number {
  return Math.min(width, height) / zoom
}

/** The square moved by so many of its own edges, as far as the picture goes. */
export function movedCrop(crop: Crop, by: { x: number; y: number }, size: Size): Crop {
  const side = sideOf(crop, size)
  return within({ ...crop, x: crop.x + by.x * side, y: crop.y + by.y * side }, size)
}

/**
 * The square at another zoom, around the point `at` (from 0 to 1 across the square), which stays
 * where it is as far as the picture goes.
 */
export function zoomedCrop(
  crop: Crop,
  zoom: number,
  size: Size,
  at: { x: number; y: number } = { x: 0.5, y: 0.5 },
): Crop {
  const next = { ...crop, zoom: Math.min(zoomMax(size), Math.max(1, zoom)) }
  const shrunk = sideOf(crop, size) - sideOf(next, size)
  return within(
    { ...next, x: crop.x + (at.x - 0.5) * shrunk, y: crop.y + (at.y - 0.5) * shrunk },
    size,
  )
}

function within(crop: Crop, size: Size): Crop {
  const half = sideOf(crop, size) / 2
  return {
    ...crop,
    x: Math.min(size.width - half, Math.max(half, crop.x)),
    y: Math.min(size.height - half, Math.max(half, crop.y)),
  }
}
