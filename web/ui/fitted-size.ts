/** The size of a picture whose long edge is at most `edgeMax`, in its own shape; never larger. */
export function fittedSize({ width, height }: { width: number; height: number }, edgeMax: number) {
  const scale = Math.min(1, edgeMax / Math.max(width, height))
  const edge = (length: number) => Math.max(1, Math.round(length * scale))
  return { width: edge(width), height: edge(height) }
}
