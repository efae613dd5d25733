import type { Figure } from '../figures.ts'
import { measureHeap } from './heap.ts'
import { measureLoading } from './load.ts'
import { measureOpening } from './open.ts'
import { measureScrolling } from './scroll.ts'
import { measureStreaming } from './stream.ts'

/** What is measured of the page, in the order it is measured. */
export const pageSections: Record<string, () => Promise<Figure[]>> = {
  load: measureLoading,
  stream: measureStreaming,
  open: measureOpening,
  scroll: measureScrolling,
  heap: measureHeap,
}
