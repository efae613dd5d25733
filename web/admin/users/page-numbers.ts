/** The pages to offer beside `page`: the first, the last and its neighbours; null for a gap. */
export function pageNumbers(page: number, count: number): (number | null)[] {
  const near = [page - 1, page, page + 1].filter((one) => one > 1 && one < count)
  const shown = [...new Set([1, ...near, count])].filter((one) => one >= 1)
  return shown.flatMap((one, index) => {
    const before = shown[index - 1]
    if (before === undefined || one === before + 1) return [one]
    // A gap of one page is that page.
    return one === before + 2 ? [before + 1, one] : [null, one]
  })
}
