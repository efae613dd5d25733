import type { Figure } from '../figures.ts'

/** What is measured of the page, in the order it is measured. */
export const pageSections: Record<string, () => Promise<Figure[]>> = {}
