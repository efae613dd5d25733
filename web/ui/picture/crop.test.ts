import { describe, expect, it } from 'vitest'
import { movedCrop, sideOf, wholeCrop, zoomedCrop, zoomMax } from './crop.ts'

const wide = { width: 400, height: 200 }

describe('the square taken of a picture', () => {
  it('is the largest one in the middle at first', () => {
    const crop = wholeCrop(wide)
    expect(crop).toEqual({ x: 200, y: 100, zoom: 1 })
    expect(sideOf(crop, wide)).toBe(200)
  })

  it('moves by its own size, and never beyond the picture', () => {
    expect(movedCrop(wholeCrop(wide), { x: 0.25, y: 0 }, wide)).toEqual({ x: 250, y: 100, zoom: 1 })
    expect(movedCrop(wholeCrop(wide), { x: 3, y: -3 }, wide)).toEqual({ x: 300, y: 100, zoom: 1 })
  })

  it('gets smaller around the point that is pointed at', () => {
    const crop = zoomedCrop(wholeCrop(wide), 2, wide, { x: 0, y: 0 })
    // The left upper corner of the square stays where it was.
    expect(crop.x - sideOf(crop, wide) / 2).toBe(100)
    expect(crop.y - sideOf(crop, wide) / 2).toBe(0)
  })

  it('comes back into the picture when it gets larger again', () => {
    const close = movedCrop(zoomedCrop(wholeCrop(wide), 4, wide), { x: 9, y: 9 }, wide)
    expect(zoomedCrop(close, 1, wide)).toEqual({ x: 300, y: 100, zoom: 1 })
  })

  it('zooms no closer than there is something to see', () => {
    expect(zoomMax(wide)).toBeCloseTo(200 / 48)
    expect(zoomMax({ width: 4_000, height: 3_000 })).toBe(5)
    expect(zoomMax({ width: 20, height: 20 })).toBe(1)
    expect(zoomedCrop(wholeCrop(wide), 99, wide).zoom).toBe(zoomMax(wide))
    expect(zoomedCrop(wholeCrop(wide), 0, wide).zoom).toBe(1)
  })
})
