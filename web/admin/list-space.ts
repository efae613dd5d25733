import { useLayoutEffect, useState, type RefObject } from 'react'

/** Where a long list stands in the page that scrolls it. */
export interface ListSpace {
  width: number
  /** How much of the page is above the list. */
  offset: number
  scroller: HTMLElement
}

/** Measures it, and again whenever something around the list changes its size; null at first. */
export function useListSpace(ref: RefObject<HTMLElement | null>): ListSpace | null {
  const [space, setSpace] = useState<ListSpace | null>(null)
  useLayoutEffect(() => {
    const list = ref.current
    const scroller = list?.closest<HTMLElement>('[role=region]')
    const content = scroller?.firstElementChild
    if (!list || !scroller || !content) return
    function measure() {
      if (!list || !scroller) return
      const box = list.getBoundingClientRect()
      const offset = Math.round(box.top - scroller.getBoundingClientRect().top + scroller.scrollTop)
      const width = Math.round(box.width)
      setSpace((last) =>
        last?.offset === offset && last.width === width ? last : { width, offset, scroller },
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    for (const element of [list, content, scroller]) observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return space
}
