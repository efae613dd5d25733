import { useEffect, useRef } from 'react'

/** Attributes that give an element a tooltip; `TooltipHost` shows it. */
export function tooltip(label: string, shortcut?: string): Record<`data-${string}`, string> {
  return shortcut ? { 'data-tooltip': label, 'data-shortcut': shortcut } : { 'data-tooltip': label }
}

const delayMs = 450
const gapPx = 6
const edgePx = 8

/** One floating label for the whole page: a tooltip per button would be a listener per button. */
export function TooltipHost() {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => (ref.current ? listen(ref.current) : undefined), [])
  return (
    <div
      ref={ref}
      popover="manual"
      aria-hidden
      className="pointer-events-none fixed inset-auto m-0 max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-float"
    />
  )
}

function listen(host: HTMLElement): () => void {
  let timer = 0
  let shownFor: Element | null = null

  function show(target: HTMLElement) {
    if (!target.isConnected) return
    const { tooltip: label = '', shortcut } = target.dataset
    host.replaceChildren(label)
    if (shortcut) {
      const keys = document.createElement('kbd')
      keys.className = 'ml-2 font-sans opacity-70'
      keys.textContent = shortcut
      host.append(keys)
    }
    host.showPopover()
    shownFor = target
    place(host, target.getBoundingClientRect())
  }
  function hide() {
    clearTimeout(timer)
    shownFor = null
    if (host.matches(':popover-open')) host.hidePopover()
  }
  function targetOf(event: Event): HTMLElement | null {
    return event.target instanceof Element ? event.target.closest('[data-tooltip]') : null
  }
  function onPointerOver(event: PointerEvent) {
    const target = targetOf(event)
    if (target === shownFor && target) return
    hide()
    if (target && event.pointerType === 'mouse') timer = window.setTimeout(show, delayMs, target)
  }
  function onFocusIn(event: FocusEvent) {
    const target = targetOf(event)
    hide()
    if (target?.matches(':focus-visible')) timer = window.setTimeout(show, delayMs, target)
  }

  const stop = new AbortController()
  const options = { signal: stop.signal, capture: true, passive: true }
  document.addEventListener('pointerover', onPointerOver, options)
  document.addEventListener('focusin', onFocusIn, options)
  for (const type of ['pointerdown', 'keydown', 'scroll', 'focusout']) {
    document.addEventListener(type, hide, options)
  }
  return () => {
    hide()
    stop.abort()
  }
}

function place(host: HTMLElement, target: DOMRect) {
  const { width, height } = host.getBoundingClientRect()
  const below = target.bottom + gapPx + height + edgePx <= innerHeight
  const left = target.left + target.width / 2 - width / 2
  host.style.left = `${Math.max(edgePx, Math.min(left, innerWidth - width - edgePx))}px`
  host.style.top = `${below ? target.bottom + gapPx : target.top - gapPx - height}px`
}
