interface Placement {
  align: 'start' | 'end'
  side: 'bottom' | 'top'
}

const gapPx = 4
const edgePx = 8

/** Puts a floating panel beside `target`, on the other side when there is more room, in view. */
export function anchorTo(panel: HTMLElement, target: DOMRect, { align, side }: Placement) {
  const roomBelow = innerHeight - target.bottom - gapPx - edgePx
  const roomAbove = target.top - gapPx - edgePx
  const { width, height } = panel.getBoundingClientRect()
  const fits = side === 'bottom' ? height <= roomBelow : height <= roomAbove
  const other = side === 'bottom' ? roomAbove > roomBelow : roomBelow > roomAbove
  const below = fits || !other ? side === 'bottom' : side === 'top'
  const left = align === 'start' ? target.left : target.right - width
  panel.style.left = `${Math.max(edgePx, Math.min(left, innerWidth - width - edgePx))}px`
  panel.style.maxHeight = `${below ? roomBelow : roomAbove}px`
  if (below) panel.style.top = `${target.bottom + gapPx}px`
  else panel.style.bottom = `${innerHeight - target.top + gapPx}px`
}
