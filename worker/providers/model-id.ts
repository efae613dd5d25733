/** Whether a model may be known by this id: 1–200 characters, all of which can be seen. */
export function isModelId(rawId: string): boolean {
  return /^\P{C}{1,200}$/u.test(rawId)
}
